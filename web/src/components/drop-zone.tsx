'use client';

import { useState } from 'react';

const ACCEPTED = 'application/pdf,image/jpeg,image/png';

export function DropZone({ isBusy, onFile }: { readonly isBusy: boolean; readonly onFile: (file: File) => void }) {
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file && !isBusy) onFile(file);
  };
  return (
    <label
      className={`card drop ${isOver ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <strong>Drop a document here</strong>
      <span>or click to choose a PDF, JPEG or PNG</span>
      <input type="file" accept={ACCEPTED} disabled={isBusy} onChange={(event) => take(event.target.files)} />
    </label>
  );
}
