'use client';

import { useEffect, useRef } from 'react';

/** A picture that plays, and how large it is shown: in physical pixels, 0 when it is scrolled out of sight. */
export function Picture({
  label,
  stream,
  onHeight,
}: {
  readonly label: string;
  readonly stream: MediaStream | undefined;
  readonly onHeight: (height: number) => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const report = useRef(onHeight);
  report.current = onHeight;
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  useEffect(() => {
    const element = video.current;
    if (!element || !stream) return;
    let isVisible = true;
    const tell = (): void => report.current(isVisible ? Math.round(element.clientHeight * devicePixelRatio) : 0);
    const sizes = new ResizeObserver(tell);
    const sight = new IntersectionObserver(([entry]) => {
      isVisible = entry?.isIntersecting ?? true;
      tell();
    });
    sizes.observe(element);
    sight.observe(element);
    return () => {
      sizes.disconnect();
      sight.disconnect();
    };
  }, [stream]);
  return <video ref={video} aria-label={label} className={stream ? '' : 'dark'} autoPlay playsInline muted />;
}

/** A sound that plays. */
export function Sound({ stream }: { readonly stream: MediaStream | undefined }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current) audio.current.srcObject = stream ?? null;
  }, [stream]);
  return <audio ref={audio} autoPlay />;
}
