import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type EnumTypeDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

import { MEETING_CHANGE_KINDS, NOTEBOOK_CHANGE_KINDS, PARTICIPANT_CHANGE_KINDS } from '@terakoya/common/contracts';

import { TOPICS } from './topics';

const { definitions } = parse(readFileSync(join(__dirname, '..', '..', 'schema.graphql'), 'utf8'));
const named = (name: string) => definitions.find((node) => 'name' in node && node.name?.value === name);

test.each([
  ['NotebookChangeKind', NOTEBOOK_CHANGE_KINDS],
  ['MeetingChangeKind', MEETING_CHANGE_KINDS],
  ['ParticipantChangeKind', PARTICIPANT_CHANGE_KINDS],
])('the schema has every %s that events can tell', (name, kinds) => {
  const { values = [] } = named(name) as EnumTypeDefinitionNode;
  expect(values.map((value) => value.name.value)).toEqual([...kinds]);
});

test('every subscription field has a topic, and every topic a field', () => {
  const { fields = [] } = named('Subscription') as ObjectTypeDefinitionNode;
  expect(fields.map(({ name }) => name.value)).toEqual(TOPICS.map(({ field }) => field));
});

test('every type and field of its own is described', () => {
  const own = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && !node.directives?.length);
  const described = own.flatMap((node) => (node as ObjectTypeDefinitionNode).fields ?? []);
  expect(described.filter(({ description }) => !description).map(({ name }) => name.value)).toEqual([]);
});
