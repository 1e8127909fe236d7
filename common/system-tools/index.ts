export { findTool, requireTool, type Report } from './system-tools';
export { TOOLS, type ToolName } from './tools';
