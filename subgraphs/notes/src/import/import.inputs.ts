import { InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

@InputType({ description: 'A file to be imported into a notebook.' })
export class ImportFileInput {
  @IdField('Notebook', { description: "Which notebook, the viewer's own." })
  notebookId!: string;

  @IdField('File', { description: "Which file, the viewer's own: a PDF, JPEG or PNG." })
  fileId!: string;
}
