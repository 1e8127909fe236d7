import type { Viewer } from '@terakoya/common/auth';
import type { GuardedOperation } from '@terakoya/gateway/execution';

/**
 * Subscriptions with the same key have the same results: the same document and operation, the same arguments but for the
 * place to go on from, the same values of variables that its results depend on, and the same fields refused by role. Null
 * when a field is not declared `@sameForAll`: then they are the viewer's own.
 */
export function sharedKey(
  operation: Pick<GuardedOperation, 'facts' | 'documentKey' | 'subscription' | 'variables' | 'accessKey'>,
  viewer: Viewer,
): string | null {
  const { facts, documentKey, subscription, variables } = operation;
  if (!facts.sharing || !subscription) return null;
  const values = facts.sharing.variables.map((name) => (name in variables ? [variables[name]] : [])); // none is not null
  const { after: _after, ...about } = subscription.arguments;
  return JSON.stringify([documentKey, operation.accessKey(viewer), subscription.field, about, values]);
}
