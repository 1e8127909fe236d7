import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Which types a type condition of the supergraph covers; asked often, so remembered. */
export class TypeConditions {
  readonly #known = new Map<string, Map<string, boolean>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Whether it is the name of an interface: all that a subgraph with an interface object knows of an entity's type. */
  readonly isInterface = (typename: string): boolean => isInterfaceType(this.schema.getType(typename));

  /** Whether objects of the type (an interface's name for an interface object) are covered by the condition. */
  includes(condition: string, typename: string): boolean {
    if (condition === typename) return true;
    let known = this.#known.get(condition);
    if (!known) this.#known.set(condition, (known = new Map<string, boolean>()));
    const remembered = known.get(typename);
    if (remembered !== undefined) return remembered;
    const type = this.schema.getType(typename);
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    const abstract = this.schema.getType(condition);
    const isIncluded = isAbstractType(abstract) && this.schema.isSubType(abstract, type);
    known.set(typename, isIncluded);
    return isIncluded;
  }
}
