import type { GraphQLSchema } from 'graphql';

import type { Viewer } from '@terakoya/common/auth';

import type { AccessRules } from '../guards/access/access-rules';
import type { Refusals } from '../guards/access/document-access';
import { refuseFields } from '../guards/access/refuse-fields';
import { type FilteredPlan, planFiltered, refuseAll } from './filtered-plan';
import type { ExecutionContext, GuardedOperation, Operation, Preparation } from './operation';
import type { PlannedDocument } from './planner';
import type { PlannedOperation } from './planned-operation';
import type { Executed } from './response';

/** What every guarded operation shares. */
export interface GuardEngine {
  readonly schema: GraphQLSchema;
  readonly rules: AccessRules;
  readonly planValid: (
    document: PlannedOperation['document'],
    definition: PlannedOperation['definition'],
  ) => PlannedOperation;
  /** Gives a plan the variables of this request. */
  readonly bind: (planned: PlannedOperation) => Preparation;
}

/** An operation of which each viewer gets what they may see: the rest is neither planned nor fetched. */
export class AccessGuardedOperation implements GuardedOperation {
  constructor(
    private readonly engine: GuardEngine,
    private readonly planned: PlannedDocument,
    private readonly operation: Operation,
    readonly cost: number,
  ) {}

  get type(): Operation['type'] {
    return this.operation.type;
  }

  get name(): string | null {
    return this.operation.name;
  }

  get document(): Operation['document'] {
    return this.operation.document;
  }

  get variables(): Operation['variables'] {
    return this.operation.variables;
  }

  get subscription(): Operation['subscription'] {
    return this.operation.subscription;
  }

  get facts(): GuardedOperation['facts'] {
    return this.planned.facts;
  }

  get documentKey(): string {
    return this.planned.key;
  }

  accessKey(viewer: Viewer | null): string {
    return this.facts.access.refusalsFor(viewer).key;
  }

  async execute(context: ExecutionContext, event?: Readonly<Record<string, unknown>>): Promise<Executed> {
    if (this.facts.access.isOpen) return this.operation.execute(context, event);
    const refusals = this.facts.access.refusalsFor(context.viewer);
    if (refusals.key === '') return this.operation.execute(context, event);
    const filtered = this.#without(refusals);
    if (!filtered.planned) return refuseAll(filtered);
    const { operation, errors } = this.engine.bind(filtered.planned);
    if (!operation) return { data: 'null', errors: errors.map((error) => error.toJSON()) as Executed['errors'] }; // coded
    return refuseFields(await operation.execute(context, event), filtered.shape);
  }

  #without(refusals: Refusals): FilteredPlan {
    const { filtered, planned } = this.planned;
    const known = filtered.get(refusals.key);
    if (known) return known;
    const { schema, rules, planValid } = this.engine;
    const made = planFiltered(schema, rules, refusals, planned, planValid);
    filtered.set(refusals.key, made);
    return made;
  }
}
