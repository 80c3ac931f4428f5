import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { LanguageProvider } from "./i18n/language";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/fleet.css";
import "./styles/work_orders.css";
import "./styles/map.css";
import "./styles/schedule.css";
import "./styles/gantt.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App />
    </LanguageProvider>
  </StrictMode>,
);
