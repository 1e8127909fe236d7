import type { Choices } from './choices';
import type { Field, FieldSelection } from './graph';
import { GraphView, isDeclaredIn, isResolvedIn } from './graph-view';
import { type Draft, type DraftObject, fieldType, newField, newHome, replaceField, resolvingHomes } from './draft';
import { generateArguments } from './generate-inputs';
import { isSimple } from './generate-fields';

/** Adds fields with `@requires`: of leaves, of arguments, and of what is nested in value types. */
export function addRequires(choices: Choices, draft: Draft): void {
  for (const type of draft.objects) {
    const homes = resolvingHomes(type);
    if (type.kind !== 'entity' || homes.length < 2) continue;
    for (let index = 0; index < 2; index += 1) {
      const home = choices.pick(homes);
      const candidates = type.fields.filter((field) => isRequirable(field, home));
      const requires = choices
        .some(preferred(choices, draft, candidates), 1, 2)
        .flatMap((field) => requireField(choices, draft, type, field, home));
      if (requires.length === 0 || !choices.chance(70)) continue;
      const use = fieldType(choices, draft, type, [home]);
      type.fields.push(newField(`r${index}`, use, [home], { requires, args: generateArguments(choices, 25) }));
    }
  }
}

/** Not what requires something itself: the planner forgets to ask for that (planner-limits.test.ts). */
function isRequirable(field: Field, home: string): boolean {
  const isOwn = isResolvedIn(field, home) || field.requires.length > 0;
  return !field.isKey && !isOwn && field.onInterfaceObject === null;
}

/** What is rare among them, if there is any: values of several fields, and fields with arguments. */
function preferred(choices: Choices, draft: Draft, candidates: readonly Field[]): readonly Field[] {
  const kind = choices.between(0, 2);
  const nested = kind === 0 ? candidates.filter(({ type }) => !isLeaf(draft, type.of)) : [];
  const withArguments = kind === 1 ? candidates.filter(({ args }) => args.length > 0) : [];
  return [nested, withArguments].find((some) => some.length > 0) ?? candidates;
}

/** Requires a field, when its type can be required, and makes it total. */
function requireField(
  choices: Choices,
  draft: Draft,
  parent: DraftObject,
  field: Field,
  home: string,
): FieldSelection[] {
  const args = knownArguments(parent, field) ?? requiredArguments(choices, field);
  if (!args) return [];
  const value = draft.objects.find(({ name }) => name === field.type.of);
  if (!value) {
    if (!isLeaf(draft, field.type.of)) return [];
    replaceField(parent, field, { isTotal: true });
    return [{ field: field.name, args, selections: [] }];
  }
  const isWhole = value.kind === 'value' && !value.isSplit && isDeclaredIn(value, home);
  const parts = isWhole
    ? choices.some(
        value.fields.filter((part) => isSimple(part)),
        1,
        2,
      )
    : [];
  if (parts.length === 0) return [];
  replaceField(parent, field, { isTotal: true });
  for (const part of parts) replaceField(value, part, { isTotal: true });
  return [
    { field: field.name, args, selections: parts.map(({ name }) => ({ field: name, args: {}, selections: [] })) },
  ];
}

/** Those with which the field is required already: a representation has room for one value of it. */
function knownArguments(parent: DraftObject, { name }: Field): FieldSelection['args'] | undefined {
  return parent.fields.flatMap(({ requires }) => requires).find(({ field }) => field === name)?.args;
}

function isLeaf(draft: Draft, name: string): boolean {
  return !new GraphView(draft).isComposite(name);
}

const ARGUMENT_TEXTS: Readonly<Record<string, string>> = {
  Int: '5',
  String: '"needed"',
  Boolean: 'false',
  ID: '"i1"',
  Float: '1.5',
  Colour: 'BLUE',
};

/** Arguments as texts; null when one is needed that we give no text for. */
function requiredArguments(choices: Choices, { args }: Field): Record<string, string> | null {
  const given: Record<string, string> = {};
  for (const { name, type, defaultText } of args) {
    const text = ARGUMENT_TEXTS[type.of];
    const mustBeGiven = type.shape.endsWith('!') && defaultText === null;
    if (mustBeGiven && text === undefined) return null;
    if (text === undefined || !(mustBeGiven || choices.chance(60))) continue;
    const lists = type.shape.split('[').length - 1;
    given[name] = `${'['.repeat(lists)}${text}${']'.repeat(lists)}`;
  }
  return given;
}

/** Lets a field resolve a leaf of the entity behind it, although that is another subgraph's. */
export function addProvides(choices: Choices, draft: Draft): void {
  for (const parent of draft.objects) {
    for (const field of parent.fields) {
      const entity = draft.objects.find(({ name, kind }) => name === field.type.of && kind === 'entity');
      if (!entity || field.isKey || field.onInterfaceObject || !choices.chance(50)) continue;
      const home = choices.pick(field.homes);
      const candidates = entity.fields.filter(
        (part) =>
          isSimple(part) &&
          !part.isKey &&
          part.args.length === 0 &&
          part.requires.length === 0 &&
          part.onInterfaceObject === null &&
          !isResolvedIn(part, home.subgraph),
      );
      const provides = choices.some(candidates, 1, 2).map(({ name }) => ({ field: name, args: {}, selections: [] }));
      const homes = field.homes.map((other) => (other === home ? { ...home, provides } : other));
      replaceField(parent, field, { homes });
    }
  }
}

/** Takes some fields over from another subgraph that still declares them. */
export function addOverrides(choices: Choices, draft: Draft): void {
  for (const type of draft.objects.filter(({ kind }) => kind === 'entity')) {
    const view = new GraphView(draft);
    const field = choices.maybe(type.fields.filter((candidate) => isPlain(view, type, candidate)));
    const [home] = field?.homes ?? [];
    const from = choices.maybe(resolvingHomes(type).filter((name) => name !== home?.subgraph));
    if (!field || !home || from === undefined || !choices.chance(60)) continue;
    const isElsewhere = draft.subgraphs.some((name) => view.externalsIn(name).has(`${type.name}.${field.name}`));
    const isTypeThere = isLeaf(draft, field.type.of);
    if (!isElsewhere && isTypeThere)
      replaceField(type, field, { homes: [newHome(home.subgraph, { overrides: from })] });
  }
}

function isPlain(view: GraphView, type: DraftObject, field: Field): boolean {
  const isAlone = field.homes.length === 1 && field.homes[0]?.provides.length === 0;
  const isOwn = !field.isKey && field.requires.length === 0 && field.onInterfaceObject === null;
  const isOfInterface = view.graph.interfaces.some(({ fields }) => fields.some(({ name }) => name === field.name));
  return isAlone && isOwn && !isOfInterface && !view.isProvided(type.name, field.name);
}

/** Hides some fields from clients; other subgraphs may need them all the same. */
export function addInaccessible(choices: Choices, draft: Draft): void {
  for (const type of draft.objects) {
    if (type.kind === 'root') continue;
    const names = draft.interfaces.flatMap(({ fields }) => fields.map(({ name }) => name));
    const visible = type.fields.filter(({ isInaccessible }) => !isInaccessible);
    const candidates = visible.filter(
      ({ isKey, onInterfaceObject, name }) => !isKey && !onInterfaceObject && !names.includes(name),
    );
    const field = choices.maybe(candidates);
    if (field && visible.length > 2 && choices.chance(40)) replaceField(type, field, { isInaccessible: true });
  }
}

/** Makes a subgraph ignorant of some entities, where no other subgraph could tell what it alone knows of them. */
export function addForgetfulHomes(choices: Choices, draft: Draft): void {
  const view = new GraphView(draft);
  for (const type of draft.objects) {
    const hasOneKey = type.homes.every(({ keys }) => keys.length === 1 && keys[0]?.[0]?.field === 'id');
    if (type.kind !== 'entity' || !hasOneKey || !choices.chance(85)) continue;
    const isImplementation = type.interfaces.includes('N');
    const homes = isImplementation
      ? objectHomes(draft).filter((home) => !canGive(view, type, home))
      : resolvingHomes(type);
    const candidates = homes.filter((home) =>
      type.fields
        .filter((field) => !field.isKey && isResolvedIn(field, home))
        .every((field) => field.homes.length === 1 && !field.isTotal && !view.isProvided(type.name, field.name)),
    );
    type.forgetfulHome = choices.maybe(candidates) ?? null;
  }
}

/** Whether a field of the subgraph can give the entity: the planner may ask by key for what the subgraph just told. */
function canGive(view: GraphView, type: DraftObject, home: string): boolean {
  return view.graph.objects.some(({ fields }) =>
    fields.some(
      (field) => isResolvedIn(field, home) && view.members(field.type.of).some(({ name }) => name === type.name),
    ),
  );
}

function objectHomes(draft: Draft): readonly string[] {
  return draft.interfaces.flatMap(({ entity }) => entity?.objectIn ?? []);
}
