import type { Choices } from './choices';
import type { InputField, InputType } from './graph';
import { INACCESSIBLE_INPUT } from './world';

const TYPES = ['Int', 'String', 'Boolean', 'ID', 'Float', 'Colour', 'Json', 'Filter'] as const;
const SHAPES = ['_', '_', '_', '_!', '[_]', '[_!]', '[_!]!', '[[_]]'] as const;

/** Every graph has the same input object: all kinds of fields, and itself within. */
export const FILTER: InputType = {
  name: 'Filter',
  fields: [
    inputField('limit', 'Int', '_', '3'),
    inputField('text', 'String', '_!', '"all \\"of\\" it"'),
    inputField('colours', 'Colour', '[_!]', null),
    inputField('json', 'Json', '_', null),
    inputField('inner', 'Filter', '_', null),
    inputField('many', 'Filter', '[_]', null),
    { ...inputField(`${INACCESSIBLE_INPUT}Field`, 'Int', '_', null), isInaccessible: true },
  ],
};

/** Arguments of a field; none most of the time. */
export function generateArguments(choices: Choices, percent: number): InputField[] {
  if (!choices.chance(percent)) return [];
  const args = Array.from({ length: choices.between(1, 2) }, (_, index) => {
    const of = choices.pick(TYPES);
    const shape = choices.pick(SHAPES);
    return inputField(`a${index}`, of, shape, choices.chance(35) ? defaultOf(choices, of, shape) : null);
  });
  if (!choices.chance(15)) return args;
  return [...args, { ...inputField(`${INACCESSIBLE_INPUT}0`, 'Int', '_', '7'), isInaccessible: true }];
}

function inputField(name: string, of: string, shape: string, defaultText: string | null): InputField {
  return { name, type: { of, shape }, defaultText, isInaccessible: false };
}

function defaultOf(choices: Choices, of: string, shape: string): string {
  if (shape.endsWith('!')) return defaultOf(choices, of, shape.slice(0, -1));
  if (shape.startsWith('[')) return choices.chance(30) ? '[]' : `[${defaultOf(choices, of, shape.slice(1, -1))}]`;
  switch (of) {
    case 'Int':
      return '-4';
    case 'Float':
      return '2.5';
    case 'Boolean':
      return 'true';
    case 'Colour':
      return 'RED';
    case 'Json':
      return choices.pick(['{ k: [1, null, { deep: "x" }] }', '"text"', '[]']);
    case 'Filter':
      return choices.pick(['{}', '{ limit: null, inner: { text: "i" } }', '{ colours: [RED, BLUE] }']);
    default:
      return '"initial"';
  }
}
