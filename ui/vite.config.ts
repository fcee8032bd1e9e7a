import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Where `tumen serve` listens while the page is developed: `TUMEN_SERVER=http://127.0.0.1:8080 npm run dev`. */
const server = process.env.TUMEN_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1', port: 4400, proxy: { '/api': server } },
});
