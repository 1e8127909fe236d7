import type { FetchNode } from '@apollo/query-planner';

/** Writes a fetch's request body; `representations` is a JSON list without its brackets. */
export type WriteBody = (variables: Readonly<Record<string, unknown>>, representations?: string) => string;

/** Prepares all of a request body that does not change from run to run. */
export function compileBody({ operation, operationName, variableUsages = [] }: FetchNode): WriteBody {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const head = `{"query":${JSON.stringify(operation)}${name},"variables":{`;
  const usages = variableUsages.map((variable) => ({ variable, label: `${JSON.stringify(variable)}:` }));
  return (variables, representations) => {
    let text = head;
    let separator = '';
    for (const { variable, label } of usages) {
      const value = variables[variable];
      if (value === undefined) continue;
      text += separator + label + JSON.stringify(value);
      separator = ',';
    }
    return representations === undefined ? `${text}}}` : `${text}${separator}"representations":[${representations}]}}`;
  };
}
