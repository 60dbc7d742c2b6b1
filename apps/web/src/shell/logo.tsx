/** The mark: a mill's course drawn as an M with two ports. */
export function Logo({ sizePx = 24 }: { readonly sizePx?: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M8 22V11.5L16 19l8-7.5V22"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="8" cy="22.5" r="2.6" fill="var(--on-accent)" />
      <circle cx="24" cy="22.5" r="2.6" fill="var(--on-accent)" />
    </svg>
  );
}
