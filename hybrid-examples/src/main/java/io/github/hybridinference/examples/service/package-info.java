/**
 * The engine behind HTTP, with a dashboard.
 *
 * <pre>
 * ServiceMain ─ ServiceSettings (environment, .env) ─ Wiring (settings to engine) ─ HttpService (Javalin)
 *                                                                  │
 *              Gatekeeper: token, requests in flight ──────────────┤
 *              InferenceRoutes: RequestReader → engine → Replies, Revisions
 *              ReportRoutes: health, stats, metrics, dashboard
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.service;

import org.jspecify.annotations.NullMarked;
