import type { Choices } from './choices';
import type { Field, InterfaceField, InterfaceType, TypeUse } from './graph';
import { isDeclaredIn } from './graph-view';
import { type Draft, type DraftObject, fieldType, isNameable, leafType, newField, resolvingHomes } from './draft';
import { isInKey } from './keys';
import { generateArguments } from './generate-inputs';

/** Gives each interface its fields and each implementation fields that fit them. */
export function addInterfaceFields(choices: Choices, draft: Draft): void {
  draft.interfaces.forEach((type, position) => {
    const implementations = draft.objects.filter(({ interfaces }) => interfaces.includes(type.name));
    const inherited = draft.interfaces
      .filter(({ name }) => type.interfaces.includes(name))
      .flatMap(({ fields }) => fields);
    const own = Array.from({ length: choices.between(1, 3) }, (_, index) =>
      addInterfaceField(choices, draft, type, implementations, `${type.name.toLowerCase()}${index}`),
    );
    draft.interfaces[position] = { ...type, fields: [...inherited, ...own] };
  });
}

function addInterfaceField(
  choices: Choices,
  draft: Draft,
  { entity }: InterfaceType,
  implementations: readonly DraftObject[],
  name: string,
): InterfaceField {
  const placed = implementations.map((type) => ({ type, homes: fieldHomes(choices, type, entity?.home) }));
  const type = interfaceFieldType(
    choices,
    draft,
    placed.flatMap(({ homes }) => homes),
  );
  const args = generateArguments(choices, 25);
  for (const { type: object, homes } of placed) {
    const shape = !entity && choices.chance(50) ? strengthened(choices, type.shape) : type.shape;
    object.fields.push(newField(name, { ...type, shape }, homes, { args }));
  }
  return { name, type, args };
}

/** A leaf, or an object type that each home of an implementation's field has. */
function interfaceFieldType(choices: Choices, draft: Draft, homes: readonly string[]): TypeUse {
  const leaf = leafType(choices);
  if (!choices.chance(35)) return leaf;
  const objects = draft.objects
    .filter((type) => isNameable(type) && !type.isSplit)
    .filter((type) => homes.every((home) => isDeclaredIn(type, home)));
  const object = choices.maybe(objects);
  return object ? { of: object.name, shape: choices.pick(['_', '_!', '[_]', '[_!]!']) } : leaf;
}

/**
 * The shape with a non-null more: an implementation may promise more than its interface. Not of an interface that other
 * subgraphs know as an object: the planner renames such a field and does not find it again for `@requires`.
 */
function strengthened(choices: Choices, shape: string): string {
  const isInner = shape.includes('_]') && choices.chance(50);
  if (isInner) return shape.replace('_]', '_!]');
  return shape.endsWith('!') ? shape : `${shape}!`;
}

/** Where a field of the type is resolved: a value type's wherever the type is, an entity's mostly in one subgraph. */
function fieldHomes(choices: Choices, type: DraftObject, must?: string): string[] {
  const homes = resolvingHomes(type);
  if (type.kind === 'value') return homes;
  const chosen = choices.chance(60) ? choices.some(homes, 1, 1) : choices.some(homes, 1);
  return must === undefined || chosen.includes(must) ? chosen : [...chosen, must];
}

/** Gives each object fields of its own. */
export function addObjectFields(choices: Choices, draft: Draft): void {
  for (const type of draft.objects) {
    if (type.kind === 'root' || isInKey(type.name)) continue;
    if (type.isSplit) addSplitFields(choices, draft, type);
    else addFields(choices, draft, type, choices.between(2, 4));
  }
}

function addFields(choices: Choices, draft: Draft, type: DraftObject, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const homes = fieldHomes(choices, type);
    const args = generateArguments(choices, 25);
    type.fields.push(newField(`f${index}`, fieldType(choices, draft, type, homes), homes, { args }));
  }
}

/** One field in each home alone, and one in all of them. */
function addSplitFields(choices: Choices, draft: Draft, type: DraftObject): void {
  const homes = resolvingHomes(type);
  type.fields.push(newField('common', leafType(choices), homes));
  homes.forEach((home, index) => {
    type.fields.push(
      newField(`part${index}`, fieldType(choices, draft, type, [home]), [home], {
        args: generateArguments(choices, 20),
      }),
    );
  });
}

/** Fields that each subgraph adds to every implementation of an interface it knows as one object. */
export function addInterfaceObjectFields(choices: Choices, draft: Draft): void {
  for (const { name, entity, fields } of draft.interfaces) {
    const implementations = draft.objects.filter(({ interfaces }) => interfaces.includes(name));
    const [first] = implementations;
    if (!entity || !first) continue;
    entity.objectIn.forEach((subgraph, position) => {
      for (let index = 0; index < 2; index += 1) {
        const required = choices.chance(40)
          ? choices.maybe(fields.filter((field) => isSimple(field) && !isRequiredWithArguments(implementations, field)))
          : undefined;
        const requires = required ? [{ field: required.name, args: {}, selections: [] }] : [];
        const type = fieldType(choices, draft, first, [subgraph]);
        const args = generateArguments(choices, 25);
        const field = newField(`n${position}${index}`, type, [subgraph], { args, requires, onInterfaceObject: name });
        for (const object of implementations) {
          object.fields = object.fields.map((other) =>
            other.name === required?.name ? { ...other, isTotal: true } : other,
          );
          object.fields.push(field);
        }
      }
    });
  }
}

/** A representation has room for one value of it, and the interface object would require it without arguments. */
function isRequiredWithArguments(implementations: readonly DraftObject[], { name }: InterfaceField): boolean {
  const required = implementations.flatMap(({ fields }) => fields.flatMap(({ requires }) => requires));
  return required.some(({ field, args }) => field === name && Object.keys(args).length > 0);
}

const LEAVES: readonly string[] = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Colour', 'Json'];

/** A leaf that can be asked for without arguments. */
export function isSimple({ type, args }: Pick<Field, 'type' | 'args'>): boolean {
  return (
    LEAVES.includes(type.of) &&
    args.every(({ type: { shape }, defaultText }) => !shape.endsWith('!') || defaultText !== null)
  );
}

/** Root fields of every subgraph, some of them in two. */
export function addRoots(choices: Choices, draft: Draft): void {
  const query = draft.objects.find(({ name }) => name === 'Query');
  const mutation = draft.objects.find(({ name }) => name === 'Mutation');
  for (const subgraph of draft.subgraphs) {
    for (let index = choices.between(1, 3); index > 0 && query; index -= 1) {
      const others = choices.chance(35) ? choices.some(draft.subgraphs, 1) : [];
      const homes = draft.subgraphs.filter((name) => name === subgraph || others.includes(name));
      const field = rootField(choices, draft, query, homes);
      query.fields.push({ ...field, name: `${subgraph}${index}` });
    }
    for (let index = choices.between(0, 2); index > 0 && mutation; index -= 1) {
      mutation.fields.push({ ...rootField(choices, draft, mutation, [subgraph]), name: `${subgraph}Do${index}` });
    }
  }
}

function rootField(choices: Choices, draft: Draft, root: DraftObject, homes: readonly string[]): Field {
  const tries = Array.from({ length: 2 }, () => fieldType(choices, draft, root, homes));
  const type = tries.find(({ of }) => !LEAVES.includes(of)) ?? leafType(choices);
  return newField('', type, homes, { args: generateArguments(choices, 35) });
}
