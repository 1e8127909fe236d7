import { type GraphQLNamedType, getNamedType, isInterfaceType, isObjectType } from 'graphql';

import { type AccessRule, accessRuleOf } from '@terakoya/common/auth';

import type { AppliedDirective } from '../applied-directives';

const NONE: readonly AccessRule[] = [];

/** Who may ask for which type and field of a supergraph. */
export class AccessRules {
  readonly #rules = new Map<string, AccessRule[]>();

  constructor(directives: readonly AppliedDirective[]) {
    for (const { name, place, arguments: given } of directives) {
      const rule = accessRuleOf(name, given);
      if (!rule) continue;
      const key = keyOf(place.type, place.field);
      this.#rules.set(key, [...(this.#rules.get(key) ?? []), rule]);
    }
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  /** All rules that hold for a field of a type: of the type itself, of the field, and of the type it gives. */
  ofField(parent: GraphQLNamedType, field: string): readonly AccessRule[] {
    const own = this.#of(keyOf(parent.name));
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field] : undefined;
    if (!definition) return own;
    const given = this.#of(keyOf(getNamedType(definition.type).name));
    return [...own, ...this.#of(keyOf(parent.name, field)), ...given];
  }

  #of(key: string): readonly AccessRule[] {
    return this.#rules.get(key) ?? NONE;
  }
}

function keyOf(type: string, field?: string): string {
  return field === undefined ? type : `${type}.${field}`;
}
