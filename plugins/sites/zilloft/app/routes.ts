import { showRoute } from "halo-agent/site/app";
import { official } from "../official/official.ts";
import { storage } from "./storage.ts";

showRoute(official, storage);
