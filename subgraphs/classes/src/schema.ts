import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import { ClassResolver } from './class/class.resolver';
import type { ClassService } from './class/class.service';
import { presentClass } from './class/class.type';
import type { ClassesContext } from './context';

export interface ClassesServices {
  readonly classes: ClassService;
}

export function createClassesSchema({ classes }: ClassesServices) {
  return createSubgraphSchema<ClassesContext>({
    resolvers: [new ClassResolver(classes)],
    references: {
      Class: async ({ id }, { classById }) => {
        const seen = await classById.load(id);
        return seen && presentClass(seen);
      },
    },
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}
