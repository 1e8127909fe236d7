/** A chapter of a recording; `atMs` milliseconds after its start. */
export interface Chapter {
  readonly atMs: number;
  readonly title: string;
}

/** Chapters in ffmpeg's own form (ffmpeg-formats, "Metadata"); each ends where the next begins. */
export function chapterMetadata(chapters: readonly Chapter[], totalMs: number): string {
  const within = chapters.filter(({ atMs }) => atMs < totalMs).sort((one, other) => one.atMs - other.atMs);
  const sections = within.map(({ atMs, title }, index) => {
    const end = within[index + 1]?.atMs ?? totalMs;
    return ['[CHAPTER]', 'TIMEBASE=1/1000', `START=${atMs}`, `END=${end}`, `title=${escape(title)}`].join('\n');
  });
  return [';FFMETADATA1', ...sections, ''].join('\n');
}

function escape(text: string): string {
  return text.replace(/[=;#\\\n]/g, (character) => `\\${character}`);
}
