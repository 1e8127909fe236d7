export { findTool, type ToolCommand } from './find-tool';
export { requireTool, type Report, type RequireOptions } from './require-tool';
export { PreparedTool, type PreparedToolOptions } from './prepared-tool';
export { ToolMissingError } from './tool-missing-error';
export { TOOLS, type ToolName } from './tools';
export { runCommand, type CommandOptions } from './run-command';
export { exclusively } from './exclusively';
export { installWithApt } from './apt';
export { toolCache, toolEnvironment, type Environment } from './config';
