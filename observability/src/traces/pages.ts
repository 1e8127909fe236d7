import type { StoredSpan } from './otlp';
import type { StoredLine } from './otlp-logs';
import type { TraceSummary } from './trace-store';
import { treeOf } from './trace-tree';

const STYLE = `
  :root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif }
  body { margin: 1.5rem; max-width: 110rem }
  h1 { font-size: 1.2rem; font-weight: 600 } a { color: inherit }
  table { border-collapse: collapse; width: 100% }
  th { text-align: left; font-weight: 600 } td, th { padding: .15rem .6rem .15rem 0; vertical-align: top }
  .bar { position: relative; height: 1.1rem; background: color-mix(in srgb, currentColor 6%, transparent) }
  .bar i { position: absolute; top: .15rem; bottom: .15rem; min-width: 2px; border-radius: 2px }
  .name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 38rem }
  .failed { color: #c62828 } .muted { opacity: .65 } .ms { text-align: right; white-space: nowrap }
  details summary { cursor: pointer; list-style: none }`;

/** The list of the newest traces. */
export function listPage(traces: readonly TraceSummary[]): string {
  const rows = traces.map(
    (trace) => `<tr class="${trace.failed ? 'failed' : ''}">
      <td>${new Date(trace.startMs).toISOString()}</td>
      <td><a href="/traces/${trace.traceId}">${escape(trace.name)}</a></td>
      <td class="ms">${trace.durationMs.toFixed(1)} ms</td><td class="ms">${trace.spans}</td>
      <td class="muted">${escape(trace.services.join(' → '))}</td></tr>`,
  );
  const body =
    rows.length === 0 ? '<p>No trace has arrived yet. Do something in the school and reload.</p>' : table(rows);
  return page('Traces', body);

  function table(lines: string[]): string {
    return `<table><tr><th>begun</th><th>first span</th><th class="ms">took</th><th class="ms">spans</th><th>services</th></tr>${lines.join('')}</table>`;
  }
}

/** One trace as a waterfall, each span under its parent, its bar at its time; beneath it what was logged meanwhile. */
export function tracePage(traceId: string, spans: readonly StoredSpan[], lines: readonly StoredLine[]): string {
  const logged = linesTable(lines);
  if (spans.length === 0) {
    const none =
      '<p>The spans of this trace are not known here: it has not arrived yet, was not kept, or was forgotten.</p>';
    return page(`Trace ${traceId}`, none + logged);
  }
  const start = Math.min(...spans.map((span) => span.startMs));
  const end = spans.reduce((latest, span) => Math.max(latest, span.endMs), start + 1);
  const rows = treeOf(spans).map(({ span, depth, isOrphan }) => {
    const left = ((span.startMs - start) / (end - start)) * 100;
    const width = ((span.endMs - span.startMs) / (end - start)) * 100;
    return `<tr class="${span.failed ? 'failed' : ''}">
      <td class="name" style="padding-left:${depth * 0.9}rem"><details><summary>${escape(span.name)}${isOrphan ? ' (parent unknown)' : ''}</summary>
        ${factsOf(span.attributes)}</details></td>
      <td>${escape(span.service)}</td><td class="muted">${span.kind}</td>
      <td class="ms">${(span.endMs - span.startMs).toFixed(1)} ms</td>
      <td style="width:45%"><div class="bar"><i style="left:${left.toFixed(3)}%;width:${width.toFixed(3)}%;background:${colourOf(span.service)}"></i></div></td></tr>`;
  });
  const summary = `<p class="muted">${spans.length} spans, ${(end - start).toFixed(1)} ms, begun ${new Date(start).toISOString()} · <a href="/">all traces</a> · <a href="/api/traces/${traceId}">JSON</a></p>`;
  return page(`Trace ${traceId}`, `${summary}<table>${rows.join('')}</table>${logged}`);
}

function linesTable(lines: readonly StoredLine[]): string {
  if (lines.length === 0) return '';
  const rows = lines.map(
    ({ timeMs, service, severity, text, attributes }) =>
      `<tr class="${severity === 'error' || severity === 'fatal' ? 'failed' : ''}">
      <td class="muted">${new Date(timeMs).toISOString().slice(11, 23)}</td><td>${escape(service)}</td>
      <td>${escape(severity)}</td><td><details><summary>${escape(text)}</summary>${factsOf(attributes)}</details></td></tr>`,
  );
  return `<h1>Log</h1><table>${rows.join('')}</table>`;
}

function factsOf(attributes: StoredSpan['attributes']): string {
  const facts = Object.entries(attributes).map(([key, value]) => `${key} = ${value}`);
  return `<span class="muted">${escape(facts.join('\n')).replaceAll('\n', '<br>')}</span>`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><style>${STYLE}</style><h1>${escape(title)}</h1>${body}</html>`;
}

/** A steady colour for each service. */
function colourOf(service: string): string {
  const hue = [...service].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 360, 7);
  return `hsl(${hue} 60% 50%)`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
