import './styles/base.css';
import './styles/shell.css';
import './styles/forms.css';
import './styles/print.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { preferred, switchTo } from './i18n/language.svelte';
import { applyColours } from './lib/colours';
import { learn } from './lib/info.svelte';
import { listen, params } from './lib/router.svelte';

applyColours();
listen();
void learn();
await switchTo(preferred(params().get('lang'), navigator.languages));
const target = document.getElementById('page');
if (target) mount(App, { target });
