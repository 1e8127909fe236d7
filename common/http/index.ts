export { createHttpHost, type HttpHost, type HttpHostOptions, type RequestHandler } from './http-host';
export { installFaultDoor } from './fault-door';
export { readBody } from './read-body';
export { statusOf } from './status-of';
export { sendJson, sendText } from './responses';
export { isAllowedOrigin, originsShape } from './origins';
