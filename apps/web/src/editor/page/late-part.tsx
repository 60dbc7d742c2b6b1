import { useEffect, useState } from 'react';
import { OldVersion } from '../../router/old-version.tsx';

/** Code is there within a second, even over a slow line; who waits longer is told why. */
const PATIENCE_MS = 2_500;

/** Stands in for a part that somebody asked for and whose code is not there yet: at first nothing, then why, until it comes by itself. */
export function LatePart() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div className="float fixed bottom-4 left-1/2 z-50 w-88 max-w-[calc(100vw-2rem)] -translate-x-1/2 rounded-card">
      <OldVersion compact />
    </div>
  );
}
