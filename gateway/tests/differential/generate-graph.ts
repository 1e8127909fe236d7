import type { Choices } from './choices';
import { type Draft, newObject } from './draft';
import { addForgetfulHomes, addInaccessible, addOverrides, addProvides, addRequires } from './generate-directives';
import { addInterfaceFields, addInterfaceObjectFields, addObjectFields, addRoots } from './generate-fields';
import { FILTER } from './generate-inputs';
import { addAbstractTypes, addEntities, addValueTypes } from './generate-types';
import type { Graph } from './graph';

const SUBGRAPHS = ['alpha', 'beta', 'gamma', 'delta'] as const;
const NOISES = [
  { nulls: 0, failures: 0, violations: 0 },
  { nulls: 12, failures: 4, violations: 2 },
  { nulls: 12, failures: 4, violations: 2 },
  { nulls: 20, failures: 12, violations: 6 },
] as const;

/** A graph of two to four subgraphs. Nearly always its subgraphs can be composed. */
export function generateGraph(choices: Choices): Graph {
  const subgraphs = SUBGRAPHS.slice(0, choices.between(2, 4));
  const draft: Draft = {
    subgraphs,
    objects: [],
    interfaces: [],
    unions: [],
    enums: [
      {
        name: 'Colour',
        values: ['RED', 'BLUE', 'INFRARED'],
        inaccessibleValues: choices.chance(40) ? ['INFRARED'] : [],
      },
    ],
    scalars: ['Json'],
    inputs: [FILTER],
    noise: choices.pick(NOISES),
    dataSeed: choices.between(0, 999_999),
  };
  addEntities(choices, draft);
  addValueTypes(choices, draft);
  addAbstractTypes(choices, draft);
  addInterfaceFields(choices, draft);
  addObjectFields(choices, draft);
  addRequires(choices, draft);
  addInterfaceObjectFields(choices, draft);
  addProvides(choices, draft);
  addOverrides(choices, draft);
  addInaccessible(choices, draft);
  addRootTypes(draft);
  addRoots(choices, draft);
  addForgetfulHomes(choices, draft);
  return draft;
}

function addRootTypes(draft: Draft): void {
  for (const name of ['Query', 'Mutation']) {
    const type = newObject(name, 'root');
    type.homes.push(...draft.subgraphs.map((subgraph) => ({ subgraph, keys: [], isResolvable: true })));
    draft.objects.push(type);
  }
}
