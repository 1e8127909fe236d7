import type { Choices } from './choices';
import type { TypeHome } from './graph';
import { type Draft, type DraftObject, newField, newObject } from './draft';
import { KEYS, isInKey, placeTypeOf } from './keys';

type KeyName = keyof typeof KEYS;
const KEY_NAMES: readonly KeyName[] = ['id', 'sku', 'codeAndZone', 'place'];
const KEY_TYPES = {
  id: { of: 'ID', shape: '_!' },
  sku: { of: 'String', shape: '_!' },
  code: { of: 'Int', shape: '_!' },
  zone: { of: 'String', shape: '_!' },
} as const;

/** Adds the entities, with their keys, and the interface with a key when there is one. */
export function addEntities(choices: Choices, draft: Draft): void {
  const interfaceEntity = choices.chance(45) ? addInterfaceEntity(choices, draft) : null;
  const count = choices.between(2, 4);
  for (let index = 0; index < count; index += 1) {
    const isImplementation = interfaceEntity !== null && index < 2;
    const type = newObject(`E${index}`, 'entity');
    if (isImplementation) type.interfaces.push('N');
    const allowed = isImplementation
      ? draft.subgraphs.filter((name) => !interfaceEntity.objectIn.includes(name))
      : draft.subgraphs;
    const first = isImplementation ? interfaceEntity.home : choices.pick(allowed);
    const others = choices.some(
      allowed.filter((name) => name !== first),
      isImplementation ? 0 : 1,
    );
    type.homes.push(...homesWithKeys(choices, [first, ...others], isImplementation));
    addKeyFields(choices, draft, type);
    draft.objects.push(type);
  }
}

function addInterfaceEntity(choices: Choices, draft: Draft): { home: string; objectIn: readonly string[] } {
  const home = choices.pick(draft.subgraphs);
  const objectIn = choices.some(
    draft.subgraphs.filter((name) => name !== home),
    1,
    2,
  );
  const entity = { home, objectIn };
  draft.interfaces.push({ name: 'N', interfaces: [], fields: [], entity });
  return entity;
}

/** Each home shares a key with one before it, so every home can be reached from every other. */
function homesWithKeys(choices: Choices, subgraphs: readonly string[], hasId: boolean): TypeHome[] {
  const keyNames = hasId || choices.chance(40) ? (['id'] as const) : choices.some(KEY_NAMES, 1, 3);
  const named: { subgraph: string; keys: readonly KeyName[] }[] = [];
  for (const subgraph of subgraphs) {
    const before = choices.maybe(named);
    const shared = before ? [choices.pick(before.keys)] : choices.some(keyNames, 1);
    const more = keyNames.filter((name) => !shared.includes(name) && choices.chance(35));
    named.push({ subgraph, keys: [...shared, ...more] });
  }
  const hasStub = named.length > 2 && choices.chance(20);
  return named.map(({ subgraph, keys }, index) => {
    const isStub = hasStub && index === named.length - 1;
    return { subgraph, keys: (isStub ? keys.slice(0, 1) : keys).map((name) => KEYS[name]), isResolvable: !isStub };
  });
}

function addKeyFields(choices: Choices, draft: Draft, type: DraftObject): void {
  const key = { isKey: true, isTotal: true };
  const homesOf = (field: string) =>
    type.homes
      .filter(({ keys }) => keys.some((parts) => parts.some((part) => part.field === field)))
      .map(({ subgraph }) => subgraph);
  for (const [name, use] of Object.entries(KEY_TYPES)) {
    const homes = homesOf(name);
    const isInaccessible = name !== 'id' && choices.chance(30);
    if (homes.length > 0) type.fields.push(newField(name, use, homes, { ...key, isInaccessible }));
  }
  const homes = homesOf('place');
  if (homes.length === 0) return;
  const place = newObject(placeTypeOf(type.name), 'value');
  place.homes.push(...homes.map((subgraph) => ({ subgraph, keys: [], isResolvable: true })));
  place.fields.push(newField('number', KEY_TYPES.code, homes, key), newField('region', KEY_TYPES.zone, homes, key));
  draft.objects.push(place);
  type.fields.push(newField('place', { of: place.name, shape: '_!' }, homes, key));
}

/** Adds types without keys: two that are whole wherever they are, one spread over its homes, one that no client sees. */
export function addValueTypes(choices: Choices, draft: Draft): void {
  for (const name of ['V0', 'V1']) draft.objects.push(valueType(name, choices.some(draft.subgraphs, 1)));
  if (choices.chance(80)) {
    draft.objects.push({ ...valueType('Split', choices.some(draft.subgraphs, 2, 2)), isSplit: true });
  }
  if (choices.chance(50)) {
    draft.objects.push({ ...valueType('Hidden', choices.some(draft.subgraphs, 1)), isInaccessible: true });
  }
}

function valueType(name: string, subgraphs: readonly string[]): DraftObject {
  const type = newObject(name, 'value');
  type.homes.push(...subgraphs.map((subgraph) => ({ subgraph, keys: [], isResolvable: true })));
  return type;
}

/** Adds interfaces and unions over the objects there are; the interfaces have no fields yet. */
export function addAbstractTypes(choices: Choices, draft: Draft): void {
  const candidates = draft.objects.filter((type) => !type.isSplit && !isInKey(type.name));
  const implementations = choices.some(candidates, 2, 5);
  for (const type of implementations) type.interfaces.push('I0');
  draft.interfaces.push({ name: 'I0', interfaces: [], fields: [], entity: null });
  if (choices.chance(50)) {
    for (const type of choices.some(implementations, 1, 3)) type.interfaces.push('I1');
    draft.interfaces.push({ name: 'I1', interfaces: ['I0'], fields: [], entity: null });
  }
  for (const name of choices.some(['U0', 'U1'], 1)) {
    const members = choices.some(candidates, 2, 4).map((type) => type.name);
    draft.unions.push({ name, members });
  }
}
