// Checks values against the schemas that the client's package carries, a subset of JSON Schema.
import * as client from '@motis-project/motis-client';

// Answers that have no schema of their own in the package; their types are in its types.gen.d.ts.
const text = { type: 'string' };
const number = { type: 'number' };
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const list = (items) => ({ type: 'array', items });
const object = (properties, optional = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

export const answers = {
  plan: object({
    requestParameters: { type: 'object', additionalProperties: text },
    debugOutput: { type: 'object', additionalProperties: number },
    from: ref('Place'),
    to: ref('Place'),
    direct: list(ref('Itinerary')),
    itineraries: list(ref('Itinerary')),
    previousPageCursor: text,
    nextPageCursor: text,
  }),
  stoptimes: object({
    stopTimes: list(ref('StopTime')),
    place: ref('Place'),
    previousPageCursor: text,
    nextPageCursor: text,
  }),
  stopInfo: object({ place: ref('Place'), routes: list(ref('Route')) }),
  initial: object({ lat: number, lon: number, zoom: number, serverConfig: ref('ServerConfig') }),
  matches: list(ref('Match')),
  itinerary: ref('Itinerary'),
  reachable: ref('Reachable'),
  durations: list(ref('Duration')),
  intermodal: ref('OneToManyIntermodalResponse'),
  places: list(ref('Place')),
  segments: list(ref('TripSegment')),
};

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;

/** Every way in which a value is not what its schema says, each with its path. */
export function complaints(value, schema, path = '$') {
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    const found = client[`${name}Schema`];
    if (!found) throw new Error(`the package has no schema ${name}`);
    return complaints(value, found, path);
  }
  const wrong = (what) => [`${path}: ${what}, not ${JSON.stringify(value)?.slice(0, 120)}`];
  if (schema.enum && !schema.enum.includes(value)) return wrong(`one of ${schema.enum.join(', ')} is expected`);
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return wrong('a string is expected');
      if (schema.format === 'date-time' && !MOMENT.test(value)) return wrong('a time with its own offset is expected');
      return [];
    case 'integer':
      return Number.isInteger(value) ? [] : wrong('a whole number is expected');
    case 'number':
      return Number.isFinite(value) ? [] : wrong('a number is expected');
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('a boolean is expected');
    case 'array':
      if (!Array.isArray(value)) return wrong('an array is expected');
      return value.flatMap((entry, index) => complaints(entry, schema.items ?? {}, `${path}[${index}]`));
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('an object is expected');
      const missing = (schema.required ?? []).filter((name) => value[name] === undefined);
      const own = Object.entries(value).flatMap(([name, entry]) => {
        const known = schema.properties?.[name] ?? schema.additionalProperties;
        return known && known !== true ? complaints(entry, known, `${path}.${name}`) : [];
      });
      return [...missing.map((name) => `${path}.${name} is missing`), ...own];
    }
    case undefined:
      return [];
    default:
      throw new Error(`schemas of type ${schema.type} are not understood`);
  }
}
