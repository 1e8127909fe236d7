import { graphql } from '../generated';

export const createNotebook = graphql(`
  mutation CreateNotebook($input: CreateNotebookInput!) {
    createNotebook(input: $input) {
      id
    }
  }
`);

export const createUpload = graphql(`
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
`);

export const completeUpload = graphql(`
  mutation CompleteUpload($fileId: ID!) {
    completeUpload(fileId: $fileId) {
      id
    }
  }
`);

export const importFile = graphql(`
  mutation ImportFile($input: ImportFileInput!) {
    importFile(input: $input) {
      id
    }
  }
`);

export const cancelImport = graphql(`
  mutation CancelImport($importId: ID!) {
    cancelImport(importId: $importId) {
      id
      state
    }
  }
`);

export const loadNotebook = graphql(`
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
`);

export const watchNotebook = graphql(`
  subscription WatchNotebook($id: ID!, $after: String) {
    notebookChanged(id: $id, after: $after) {
      kind
      cursor
    }
  }
`);
