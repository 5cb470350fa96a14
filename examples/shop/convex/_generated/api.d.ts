/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as accounts from "../accounts.js";
import type * as health from "../health.js";
import type * as http from "../http.js";
import type * as model_catalogue from "../model/catalogue.js";
import type * as model_visitor from "../model/visitor.js";
import type * as orders from "../orders.js";
import type * as products from "../products.js";
import type * as seed from "../seed.js";
import type * as sessions from "../sessions.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  accounts: typeof accounts;
  health: typeof health;
  http: typeof http;
  "model/catalogue": typeof model_catalogue;
  "model/visitor": typeof model_visitor;
  orders: typeof orders;
  products: typeof products;
  seed: typeof seed;
  sessions: typeof sessions;
}>;

/** References to the public functions of the app. */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/** References to the internal functions of the app. */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {};
