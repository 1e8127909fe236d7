import 'reflect-metadata';

import { Arg, Directive, Field, ID } from 'type-graphql';

import { type NodeName, withArticle } from '../global-ids';

/** How the SDL says of which type an id must be. */
export const ID_OF = 'idOf';
export const ID_OF_DEFINITION = `directive @${ID_OF}(type: String!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION`;

interface IdOptions {
  /** `The id of a Notebook.` without one. */
  readonly description?: string;
  readonly nullable?: boolean;
}

/** An argument that is the global id of an object of `type`; the method gets the object's key. */
export function IdArg(name: string, type: NodeName, options: IdOptions = {}) {
  return (resolver: object, method: string | symbol, index: number): void => {
    Arg(name, () => ID, { description: describe(type), ...options })(resolver, method, index);
    Directive(idOf(type))(resolver, method, index);
  };
}

/**
 * A field of an input or of arguments that is the global id of an object of `type`, or with `isList` many; the class gets
 * the objects' keys.
 */
export function IdField(type: NodeName, options: IdOptions & { readonly isList?: boolean } = {}): PropertyDecorator {
  const { isList = false, ...shown } = options;
  return (target, property) => {
    Field(() => (isList ? [ID] : ID), { description: describe(type), ...shown })(target, property);
    Directive(idOf(type))(target, property);
  };
}

function describe(type: NodeName): string {
  return `The id of ${withArticle(type)}.`;
}

function idOf(type: NodeName): string {
  return `@${ID_OF}(type: "${type}")`;
}
