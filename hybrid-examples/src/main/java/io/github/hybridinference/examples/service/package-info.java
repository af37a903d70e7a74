/**
 * The engine behind HTTP, with a dashboard.
 *
 * <pre>
 * ServiceMain ─ ServiceSettings (environment, .env) ─ ServiceParts (settings to engine) ─ HttpService (Javalin)
 *                                                                  │
 *              AccessControl: token, requests in flight ──────────────┤
 *              InferenceRoutes: RequestReader → engine → InferenceRecord, Revisions
 *              ReportRoutes: health, stats, metrics, dashboard
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.service;

import org.jspecify.annotations.NullMarked;
