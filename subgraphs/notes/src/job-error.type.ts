import { Directive, Field, Int, ObjectType } from 'type-graphql';

@ObjectType('JobError', { description: 'Why an import or one of its pages failed.' })
export class JobErrorType {
  @Directive('@sameForAll')
  @Field({ description: 'One of the codes of `extensions.code`, such as DOCUMENT_ENCRYPTED.' })
  code!: string;

  @Directive('@sameForAll')
  @Field({ description: 'A sentence for people.' })
  message!: string;

  @Directive('@sameForAll')
  @Field(() => Int, {
    nullable: true,
    description: 'The number of the page that is to blame; null when no single one is.',
  })
  pageNumber!: number | null;
}
