/** A message: a text with {placeholders}, or one text for each plural category, chosen by the placeholder {n}. */
export type Message = string | ({ readonly other: string } & { readonly [C in Intl.LDMLPluralRule]?: string });

export type Values = Record<string, string | number>;

/** The text of a message in a language, its placeholders filled in. */
export function format(message: Message, language: string, values: Values = {}): string {
  let text: string;
  if (typeof message === 'string') {
    text = message;
  } else {
    const category = new Intl.PluralRules(language).select(Number(values.n));
    text = message[category] ?? message.other;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}

/** The names of the placeholders of a message, sorted, each once. */
export function placeholders(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  const names = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
  return [...new Set(names)].sort();
}
