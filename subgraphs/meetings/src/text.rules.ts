import { Length, Matches } from 'class-validator';

/** Texts without U+0000, which PostgreSQL cannot keep; with `each` of a list. */
export function Storable({ each = false }: { readonly each?: boolean } = {}): PropertyDecorator {
  return Matches(/^[^\0]*$/, { each, message: '$property must not have the character U+0000' });
}

/** Texts that say something: 1 to `most` characters, not all of them blank; with `each` of a list. */
export function Written(most: number, { each = false }: { readonly each?: boolean } = {}): PropertyDecorator {
  const rules = [
    Length(1, most, { each }),
    Matches(/\S/, { each, message: '$property must not be blank' }),
    Storable({ each }),
  ];
  return (target, property) => {
    for (const rule of rules) rule(target, property);
  };
}
