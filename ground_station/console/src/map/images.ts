import type { Map as MapLibreMap } from "maplibre-gl";

const PIXEL_RATIO = 2;

type Draw = (pen: CanvasRenderingContext2D, size: number) => void;

function picture(size: number, draw: Draw): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * PIXEL_RATIO;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("this browser has no 2D canvas");
  pen.scale(PIXEL_RATIO, PIXEL_RATIO);
  draw(pen, size);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** An arrowhead that points north; the map turns it to the heading. */
function arrow(fill: string, stroke: string, dashed: boolean): Draw {
  return (pen, size) => {
    const middle = size / 2;
    pen.beginPath();
    pen.moveTo(middle, 3);
    pen.lineTo(size - 6, size - 4);
    pen.lineTo(middle, size - 10);
    pen.lineTo(6, size - 4);
    pen.closePath();
    pen.fillStyle = fill;
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = stroke;
    if (dashed) pen.setLineDash([3, 2]);
    pen.stroke();
  };
}

function dock(pen: CanvasRenderingContext2D, size: number): void {
  pen.fillStyle = "#0d1620";
  pen.strokeStyle = "#9fb4c8";
  pen.lineWidth = 1.5;
  pen.fillRect(3, 3, size - 6, size - 6);
  pen.strokeRect(3, 3, size - 6, size - 6);
  pen.fillStyle = "#9fb4c8";
  pen.font = `bold ${size - 9}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("H", size / 2, size / 2 + 0.5);
}

function hatch(pen: CanvasRenderingContext2D, size: number): void {
  pen.strokeStyle = "rgba(255, 92, 92, 0.55)";
  pen.lineWidth = 1.2;
  for (let start = -size; start < size; start += size / 2) {
    pen.beginPath();
    pen.moveTo(start, size);
    pen.lineTo(start + size, 0);
    pen.stroke();
  }
}

function question(pen: CanvasRenderingContext2D, size: number): void {
  pen.beginPath();
  pen.arc(size / 2, size / 2, size / 2 - 2, 0, 2 * Math.PI);
  pen.fillStyle = "#1b2733";
  pen.fill();
  pen.setLineDash([2.5, 2]);
  pen.lineWidth = 1.5;
  pen.strokeStyle = "#ffd166";
  pen.stroke();
  pen.fillStyle = "#ffd166";
  pen.font = `bold ${size - 8}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("?", size / 2, size / 2 + 0.5);
}

/** A chevron along a line that is drawn from left to right. */
function way(pen: CanvasRenderingContext2D, size: number): void {
  pen.beginPath();
  pen.moveTo(size * 0.35, size * 0.2);
  pen.lineTo(size * 0.7, size / 2);
  pen.lineTo(size * 0.35, size * 0.8);
  pen.lineWidth = 2.2;
  pen.lineCap = "round";
  pen.strokeStyle = "#ffffff";
  pen.stroke();
}

/** Gives the map its own pictures, drawn here: nothing is fetched. */
export function addImages(map: MapLibreMap): void {
  const options = { pixelRatio: PIXEL_RATIO };
  map.addImage("drone", picture(34, arrow("#57d0ff", "#02121c", false)), options);
  map.addImage("drone-stale", picture(34, arrow("rgba(120, 132, 145, 0.55)", "#c3ccd6", true)), options);
  map.addImage("dock", picture(18, dock), options);
  map.addImage("hatch", picture(12, hatch), options);
  map.addImage("question", picture(20, question), options);
  map.addImage("way", picture(12, way), options);
}
