export { answerPreflight, guardOrigin } from './cross-origin';
export { sendError } from './error-response';
export { acceptsEventStream } from './media-types';
export { HttpRefusal } from './http-refusal';
export { readRequest, type ReceivedRequest, type RequestLimits } from './request-parameters';
export { type RequestTrace, setTraceHeaders, traceOf } from './trace-headers';
