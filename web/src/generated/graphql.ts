/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A new notebook. */
export type CreateNotebookInput = {
  /** The title, 1 to 200 characters; blanks around it are dropped. */
  title: string;
};

/** A file that will be uploaded. */
export type CreateUploadInput = {
  /** Media type: application/pdf, image/jpeg or image/png. */
  contentType: string;
  /** File name, 1 to 255 characters, without path or control characters. */
  name: string;
  /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  sha256: string;
  /** Bytes, 1 to 20 MB. */
  size: number;
};

/** A file to be imported into a notebook. */
export type ImportFileInput = {
  /** Which file, the viewer's own: a PDF, JPEG or PNG. */
  fileId: string | number;
  /** Which notebook, the viewer's own. */
  notebookId: string | number;
};

/** How far an import is. */
export type ImportState =
  /** Cancelled by its owner; pages that were not read are gone. Can be retried. */
  | 'CANCELLED'
  /** Every page is read or has failed; at least one is read. */
  | 'COMPLETED'
  /** Nothing could be read; `error` says why. Can be retried. */
  | 'FAILED'
  /** The document is going to be inspected. */
  | 'QUEUED'
  /** The pages are being rendered and read. */
  | 'RUNNING'
  /** Its file is not known to be completely uploaded; fails with FILE_NOT_FOUND after 15 seconds. */
  | 'WAITING';

/** What can happen to a notebook. */
export type NotebookChangeKind =
  /** The import was cancelled. */
  | 'IMPORT_CANCELLED'
  /** Every page has its text or has failed. */
  | 'IMPORT_COMPLETED'
  /** The import ended with an error. */
  | 'IMPORT_FAILED'
  /** The pages of the file are known. */
  | 'IMPORT_PAGES_FOUND'
  /** A file is being imported. */
  | 'IMPORT_STARTED'
  /** It was deleted; nothing follows. */
  | 'NOTEBOOK_DELETED'
  /** It has another title. */
  | 'NOTEBOOK_RENAMED'
  /** A page could not be rendered or read. */
  | 'PAGE_FAILED'
  /** A page has its text. */
  | 'PAGE_READ'
  /** A page has its preview and thumbnail. */
  | 'PAGE_RENDERED'
  /** The summary and key words were made or renewed. */
  | 'SUMMARY_READY';

/** How far a page is. */
export type PageState =
  /** `error` says why. */
  | 'FAILED'
  /** Its size is known. */
  | 'PENDING'
  /** It has its images and its text. */
  | 'READ'
  /** It has its images. */
  | 'RENDERED';

/** Who signs in. */
export type SignInInput = {
  /** E-mail address. */
  email: string;
  /** Password. */
  password: string;
};

/** How far the summary of what the notebook says now is. */
export type SummaryState =
  /** It could not be made; `error` says why. */
  | 'FAILED'
  /** It is made. */
  | 'READY'
  /** It is being made. */
  | 'RUNNING'
  /** There is new text; the summary is made when the import of it has ended. */
  | 'WAITING';

/** Where a page's text comes from. */
export type TextSource =
  /** The document carries it. */
  | 'EMBEDDED'
  /** It was read from the image. */
  | 'OCR';

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string, user: { displayName: string } } };

export type CreateNotebookMutationVariables = Exact<{
  input: CreateNotebookInput;
}>;


export type CreateNotebookMutation = { createNotebook: { id: string } };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { createUpload: { url: string, method: string, file: { id: string }, headers: Array<{ name: string, value: string }> } };

export type CompleteUploadMutationVariables = Exact<{
  fileId: string | number;
}>;


export type CompleteUploadMutation = { completeUpload: { id: string } };

export type ImportFileMutationVariables = Exact<{
  input: ImportFileInput;
}>;


export type ImportFileMutation = { importFile: { id: string } };

export type CancelImportMutationVariables = Exact<{
  importId: string | number;
}>;


export type CancelImportMutation = { cancelImport: { id: string, state: ImportState } };

export type LoadNotebookQueryVariables = Exact<{
  id: string | number;
}>;


export type LoadNotebookQuery = { notebook: { id: string, title: string, pageCount: number, pages: { edges: Array<{ node: { id: string, number: number, state: PageState, text: string | null, textSource: TextSource | null, thumbnail: { url: string, width: number, height: number } | null, error: { message: string } | null } }> }, imports: { edges: Array<{ node: { id: string, state: ImportState, progress: { fraction: number, pagesFound: number | null, pagesRead: number, pagesFailed: number }, error: { code: string, message: string } | null } }> }, summary: { state: SummaryState, short: string | null, medium: string | null, long: string | null, keywords: Array<{ term: string, weight: number }> } | null } | null };

export type WatchNotebookSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type WatchNotebookSubscription = { notebookChanged: { kind: NotebookChangeKind, cursor: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    user {
      displayName
    }
  }
}
    `, {"hash":"sha256:6df4e602ce6189a774c42856536d70636e2b5f33e803e59fb7e0eb5a0d76f840"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const CreateNotebookDocument = new TypedDocumentString(`
    mutation CreateNotebook($input: CreateNotebookInput!) {
  createNotebook(input: $input) {
    id
  }
}
    `, {"hash":"sha256:ef7c3f9afa2aca770ba0ed00edd6888cedc1ad3a07d79fb27ac4342a0841bb69"}) as unknown as TypedDocumentString<CreateNotebookMutation, CreateNotebookMutationVariables>;
export const CreateUploadDocument = new TypedDocumentString(`
    mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    file {
      id
    }
    url
    method
    headers {
      name
      value
    }
  }
}
    `, {"hash":"sha256:7ab12d9f440a8d7b1f8ef89c70ad9eed8b88dc7275b770642cf9a96c07255e1f"}) as unknown as TypedDocumentString<CreateUploadMutation, CreateUploadMutationVariables>;
export const CompleteUploadDocument = new TypedDocumentString(`
    mutation CompleteUpload($fileId: ID!) {
  completeUpload(fileId: $fileId) {
    id
  }
}
    `, {"hash":"sha256:acb388ff1d3b5b2cf7b7c422ffd186dfd333880b73a67a3e7eb21c02df3d070e"}) as unknown as TypedDocumentString<CompleteUploadMutation, CompleteUploadMutationVariables>;
export const ImportFileDocument = new TypedDocumentString(`
    mutation ImportFile($input: ImportFileInput!) {
  importFile(input: $input) {
    id
  }
}
    `, {"hash":"sha256:0e82a4362bdb72d17d5688bbb0a75ca2f8215470690ff0c1ceab16dcf89c75e7"}) as unknown as TypedDocumentString<ImportFileMutation, ImportFileMutationVariables>;
export const CancelImportDocument = new TypedDocumentString(`
    mutation CancelImport($importId: ID!) {
  cancelImport(importId: $importId) {
    id
    state
  }
}
    `, {"hash":"sha256:65eac8173f6bace0db0e099ab105f035d97f54ac3520c4e049ced3fb4ab70d44"}) as unknown as TypedDocumentString<CancelImportMutation, CancelImportMutationVariables>;
export const LoadNotebookDocument = new TypedDocumentString(`
    query LoadNotebook($id: ID!) {
  notebook(id: $id) {
    id
    title
    pageCount
    pages(first: 100) {
      edges {
        node {
          id
          number
          state
          text
          textSource
          thumbnail {
            url
            width
            height
          }
          error {
            message
          }
        }
      }
    }
    imports(first: 1) {
      edges {
        node {
          id
          state
          progress {
            fraction
            pagesFound
            pagesRead
            pagesFailed
          }
          error {
            code
            message
          }
        }
      }
    }
    summary {
      state
      short
      medium
      long
      keywords {
        term
        weight
      }
    }
  }
}
    `, {"hash":"sha256:cee137913d41cb8630e840c718d4281b2b8a9a1e28ab2c936860a58c4cbdf3d8"}) as unknown as TypedDocumentString<LoadNotebookQuery, LoadNotebookQueryVariables>;
export const WatchNotebookDocument = new TypedDocumentString(`
    subscription WatchNotebook($id: ID!, $after: String) {
  notebookChanged(id: $id, after: $after) {
    kind
    cursor
  }
}
    `, {"hash":"sha256:22912d73c1886b93770177cedb9a37b7a2eec9aee08173b1eecb33f1d9f2f258"}) as unknown as TypedDocumentString<WatchNotebookSubscription, WatchNotebookSubscriptionVariables>;