import { isObject, type Json, type JsonObject } from '../../json.ts';

/** The body with a value at a path such as `properties.model`. A map is put into the one that is there; the rest stays. */
export function withValue(body: JsonObject, path: string, value: Json): JsonObject {
  const [key = '', ...rest] = path.split('.');
  if (key === '*') return everyMember(body, (member) => withValue(member, rest.join('.'), value));
  const present = own(body, key);
  const inner = isObject(present) ? present : {};
  if (rest.length > 0) return withKey(body, key, withValue(inner, rest.join('.'), value));
  return withKey(body, key, isObject(value) ? { ...inner, ...value } : value);
}

/** All values at a path, since `*` stands for each key of a map. None where nothing is, or where there is `null`. */
export function valuesAt(body: JsonObject, path: string): Json[] {
  const [key = '', ...rest] = path.split('.');
  const found = key === '*' ? Object.values(body) : [own(body, key)];
  const present = found.filter((value) => value !== undefined && value !== null);
  if (rest.length === 0) return present;
  return present.flatMap((value) => (isObject(value) ? valuesAt(value, rest.join('.')) : []));
}

function everyMember(body: JsonObject, change: (member: JsonObject) => JsonObject): JsonObject {
  const members = Object.entries(body).map(([key, value]) => [key, isObject(value) ? change(value) : value] as const);
  return Object.fromEntries(members);
}

/** A key such as `__proto__` is a key like any other. */
function withKey(body: JsonObject, key: string, value: Json): JsonObject {
  return Object.fromEntries([...Object.entries(body).filter(([other]) => other !== key), [key, value]]);
}

function own(body: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(body, key) ? body[key] : undefined;
}
