import 'reflect-metadata';

import { Directive, Field, ID, InterfaceType } from 'type-graphql';

/**
 * The interface of every object with a global id (Relay's Object Identification). In resolvers `id` is the object's own
 * key; what clients and other subgraphs see of it is made in one place, `bindGlobalIds`.
 */
@InterfaceType('Node', {
  description: 'An object that can be found by its id alone, with `node`.',
  autoRegisterImplementations: false, // each subgraph has its own, and several may be built in one process
})
export abstract class NodeType {
  @Directive('@sameForAll')
  @Field(() => ID, { description: 'Opaque; no other object of the school has the same.' })
  id!: string;
}
