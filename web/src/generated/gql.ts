/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      user {\n        displayName\n      }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation CreateNotebook($input: CreateNotebookInput!) {\n    createNotebook(input: $input) {\n      id\n    }\n  }\n": typeof types.CreateNotebookDocument,
    "\n  mutation CreateUpload($input: CreateUploadInput!) {\n    createUpload(input: $input) {\n      file {\n        id\n      }\n      url\n      method\n      headers {\n        name\n        value\n      }\n    }\n  }\n": typeof types.CreateUploadDocument,
    "\n  mutation CompleteUpload($fileId: ID!) {\n    completeUpload(fileId: $fileId) {\n      id\n    }\n  }\n": typeof types.CompleteUploadDocument,
    "\n  mutation ImportFile($input: ImportFileInput!) {\n    importFile(input: $input) {\n      id\n    }\n  }\n": typeof types.ImportFileDocument,
    "\n  mutation CancelImport($importId: ID!) {\n    cancelImport(importId: $importId) {\n      id\n      state\n    }\n  }\n": typeof types.CancelImportDocument,
    "\n  query LoadNotebook($id: ID!) {\n    notebook(id: $id) {\n      id\n      title\n      pageCount\n      pages(first: 100) {\n        edges {\n          node {\n            id\n            number\n            state\n            text\n            textSource\n            thumbnail {\n              url\n              width\n              height\n            }\n            error {\n              message\n            }\n          }\n        }\n      }\n      imports(first: 1) {\n        edges {\n          node {\n            id\n            state\n            progress {\n              fraction\n              pagesFound\n              pagesRead\n              pagesFailed\n            }\n            error {\n              code\n              message\n            }\n          }\n        }\n      }\n      summary {\n        state\n        short\n        medium\n        long\n        keywords {\n          term\n          weight\n        }\n      }\n    }\n  }\n": typeof types.LoadNotebookDocument,
    "\n  subscription WatchNotebook($id: ID!, $after: String) {\n    notebookChanged(id: $id, after: $after) {\n      kind\n      cursor\n    }\n  }\n": typeof types.WatchNotebookDocument,
};
const documents: Documents = {
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      user {\n        displayName\n      }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation CreateNotebook($input: CreateNotebookInput!) {\n    createNotebook(input: $input) {\n      id\n    }\n  }\n": types.CreateNotebookDocument,
    "\n  mutation CreateUpload($input: CreateUploadInput!) {\n    createUpload(input: $input) {\n      file {\n        id\n      }\n      url\n      method\n      headers {\n        name\n        value\n      }\n    }\n  }\n": types.CreateUploadDocument,
    "\n  mutation CompleteUpload($fileId: ID!) {\n    completeUpload(fileId: $fileId) {\n      id\n    }\n  }\n": types.CompleteUploadDocument,
    "\n  mutation ImportFile($input: ImportFileInput!) {\n    importFile(input: $input) {\n      id\n    }\n  }\n": types.ImportFileDocument,
    "\n  mutation CancelImport($importId: ID!) {\n    cancelImport(importId: $importId) {\n      id\n      state\n    }\n  }\n": types.CancelImportDocument,
    "\n  query LoadNotebook($id: ID!) {\n    notebook(id: $id) {\n      id\n      title\n      pageCount\n      pages(first: 100) {\n        edges {\n          node {\n            id\n            number\n            state\n            text\n            textSource\n            thumbnail {\n              url\n              width\n              height\n            }\n            error {\n              message\n            }\n          }\n        }\n      }\n      imports(first: 1) {\n        edges {\n          node {\n            id\n            state\n            progress {\n              fraction\n              pagesFound\n              pagesRead\n              pagesFailed\n            }\n            error {\n              code\n              message\n            }\n          }\n        }\n      }\n      summary {\n        state\n        short\n        medium\n        long\n        keywords {\n          term\n          weight\n        }\n      }\n    }\n  }\n": types.LoadNotebookDocument,
    "\n  subscription WatchNotebook($id: ID!, $after: String) {\n    notebookChanged(id: $id, after: $after) {\n      kind\n      cursor\n    }\n  }\n": types.WatchNotebookDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      user {\n        displayName\n      }\n    }\n  }\n"): typeof import('./graphql').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateNotebook($input: CreateNotebookInput!) {\n    createNotebook(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').CreateNotebookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUpload($input: CreateUploadInput!) {\n    createUpload(input: $input) {\n      file {\n        id\n      }\n      url\n      method\n      headers {\n        name\n        value\n      }\n    }\n  }\n"): typeof import('./graphql').CreateUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteUpload($fileId: ID!) {\n    completeUpload(fileId: $fileId) {\n      id\n    }\n  }\n"): typeof import('./graphql').CompleteUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportFile($input: ImportFileInput!) {\n    importFile(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').ImportFileDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelImport($importId: ID!) {\n    cancelImport(importId: $importId) {\n      id\n      state\n    }\n  }\n"): typeof import('./graphql').CancelImportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadNotebook($id: ID!) {\n    notebook(id: $id) {\n      id\n      title\n      pageCount\n      pages(first: 100) {\n        edges {\n          node {\n            id\n            number\n            state\n            text\n            textSource\n            thumbnail {\n              url\n              width\n              height\n            }\n            error {\n              message\n            }\n          }\n        }\n      }\n      imports(first: 1) {\n        edges {\n          node {\n            id\n            state\n            progress {\n              fraction\n              pagesFound\n              pagesRead\n              pagesFailed\n            }\n            error {\n              code\n              message\n            }\n          }\n        }\n      }\n      summary {\n        state\n        short\n        medium\n        long\n        keywords {\n          term\n          weight\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').LoadNotebookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchNotebook($id: ID!, $after: String) {\n    notebookChanged(id: $id, after: $after) {\n      kind\n      cursor\n    }\n  }\n"): typeof import('./graphql').WatchNotebookDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
