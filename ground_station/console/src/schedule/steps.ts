import type { Bar } from "./chart";

/** The flight that an arrow key leads to: along the lane, or to the nearest in time of the next lane that has any; null: none. */
export function step(lanes: Bar[][], from: string, key: string): string | null {
  const lane = lanes.findIndex((bars) => bars.some(({ flight }) => flight.id === from));
  const place = lanes[lane]?.findIndex(({ flight }) => flight.id === from) ?? -1;
  const here = lanes[lane]?.[place];
  if (here === undefined) return null;
  switch (key) {
    case "ArrowLeft":
      return lanes[lane]?.[place - 1]?.flight.id ?? null;
    case "ArrowRight":
      return lanes[lane]?.[place + 1]?.flight.id ?? null;
    case "ArrowUp":
      return nearest(
        lanes.slice(0, lane).findLast((bars) => bars.length > 0),
        here,
      );
    case "ArrowDown":
      return nearest(
        lanes.slice(lane + 1).find((bars) => bars.length > 0),
        here,
      );
    default:
      return null;
  }
}

function nearest(bars: Bar[] | undefined, here: Bar): string | null {
  const distance = (bar: Bar): number => Math.abs(bar.from - here.from);
  const [closest] = [...(bars ?? [])].sort((one, other) => distance(one) - distance(other));
  return closest?.flight.id ?? null;
}
