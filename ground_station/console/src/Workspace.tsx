import { useCallback, useMemo, useState } from "react";
import type { GeoPoint } from "./api/types";
import { DemandRegister } from "./demands/DemandRegister";
import { FleetPanel } from "./fleet/FleetPanel";
import { PlanPanel } from "./flights/PlanPanel";
import { routeExtent } from "./map/geo";
import { NoticeList } from "./notices/NoticeList";
import type { Reading } from "./notices/reading";
import { MapView } from "./map/MapView";
import type { Pointed } from "./map/usePointing";
import { DayPlan } from "./schedule/DayPlan";
import { useOnMap } from "./schedule/useOnMap";
import { useWorld } from "./state/StationContext";
import { WorkOrderDrawer } from "./work_orders/WorkOrderDrawer";
import { WorkOrderPanel } from "./work_orders/WorkOrderPanel";

/** What may lie below the map: the day's plan, the demand register, or what waits. */
export type Drawer = "plan" | "demands" | "notices";

interface Props {
  /** What lies below the map. */
  drawer: Drawer | null;
  onCloseDrawer: () => void;
  reading: Reading;
}

/** Fleet on the left, map in the middle, work orders on the right, below them the drawer; what is selected in one shows in all. */
export function Workspace({ drawer, onCloseDrawer, reading }: Props) {
  const { world } = useWorld();
  const [planning, setPlanning] = useState(false);
  const [chosenRoutes, setChosenRoutes] = useState<string[]>([]);
  const [selectedDrone, setSelectedDrone] = useState<string | null>(null);
  const [selectedOrder, setSelectedOrder] = useState<string | null>(null);
  const [selectedIncident, setSelectedIncident] = useState<string | null>(null);
  const [focus, setFocus] = useState<GeoPoint | null>(null);
  const onMap = useOnMap();
  const shownRoutes = useMemo(
    () => (onMap.route === null ? chosenRoutes : [...chosenRoutes, onMap.route]),
    [chosenRoutes, onMap.route],
  );
  const frame = useMemo(() => {
    if (onMap.sketch !== null && onMap.onPlace === null) return routeExtent(onMap.sketch);
    const route = world.routes.find((one) => one.id === onMap.route);
    return route === undefined ? (onMap.drawn?.flight.path.map(({ point }) => point) ?? null) : routeExtent(route.geometry);
  }, [world.routes, onMap.route, onMap.drawn, onMap.sketch, onMap.onPlace]);
  const order = selectedOrder === null ? undefined : world.workOrders[selectedOrder];
  const closeOrder = useCallback(() => setSelectedOrder(null), []);

  function lookAt(point: GeoPoint | null | undefined): void {
    if (point !== null && point !== undefined) setFocus({ ...point });
  }

  function selectDrone(id: string): void {
    setSelectedDrone(id);
    const entry = world.fleet[id];
    const dock = world.district.docks.find((one) => one.id === entry?.drone.dock_id);
    lookAt(entry?.telemetry?.point ?? dock?.point);
  }

  function selectOrder(id: string): void {
    setSelectedOrder(id);
    setSelectedIncident(null);
    lookAt(world.workOrders[id]?.incident.position);
  }

  function selectIncident(id: string): void {
    setSelectedOrder(null);
    setSelectedIncident(id);
    lookAt(world.incidents[id]?.position);
  }

  function toggleRoute(id: string): void {
    setChosenRoutes((chosen) => (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]));
  }

  function point({ layer, id }: Pointed): void {
    if (layer === "drones") selectDrone(id);
    else if (layer === "orders") selectOrder(id);
    else if (layer === "reviews") selectIncident(id);
    else if (planning && layer.startsWith("route")) toggleRoute(id);
  }

  return (
    <main className={drawer !== null ? "workspace with-plan" : "workspace"}>
      {planning ? (
        <PlanPanel
          chosen={chosenRoutes}
          onChoose={setChosenRoutes}
          onClose={() => {
            setPlanning(false);
            setChosenRoutes([]);
          }}
        />
      ) : (
        <FleetPanel selectedDrone={selectedDrone} onSelect={selectDrone} onPlan={() => setPlanning(true)} />
      )}
      <MapView
        chosenRoutes={shownRoutes}
        selectedOrder={selectedOrder}
        selectedIncident={selectedIncident}
        focus={focus}
        frame={frame}
        scheduled={onMap.drawn}
        spot={onMap.spot}
        closed={onMap.closed}
        sketch={onMap.sketch}
        onPlace={onMap.onPlace}
        low={drawer !== null}
        onPoint={point}
      />
      <div className="right-side">
        <WorkOrderPanel
          selected={selectedOrder}
          onSelect={selectOrder}
          selectedIncident={selectedIncident}
          onSelectIncident={selectIncident}
        />
        {order !== undefined && <WorkOrderDrawer key={order.id} order={order} onClose={closeOrder} />}
      </div>
      {drawer === "plan" && <DayPlan onMap={onMap} onDrone={setSelectedDrone} onClose={onCloseDrawer} />}
      {drawer === "demands" && <DemandRegister onMap={onMap} onClose={onCloseDrawer} />}
      {drawer === "notices" && <NoticeList reading={reading} onMap={onMap} onClose={onCloseDrawer} />}
    </main>
  );
}
