import { useEffect, useState } from "react";
import { serverNowMs } from "../api/clock";

/** Now on the ground station's clock, in milliseconds, renewed every second. */
export function useNow(): number {
  const [now, setNow] = useState(serverNowMs);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(serverNowMs()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
