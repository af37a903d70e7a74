/**
 * The engine behind HTTP, with a dashboard.
 *
 * <pre>
 * ServiceMain ─ Variables (environment, EnvFile) ─ ServiceSettings ─ ServiceParts (settings to engine) ─ HttpService
 *                                                                                                          │
 *   HttpServer (Jetty) ─ Connections: deadlines and number of connections ─────────────────────────────────┤
 *   Door: AllowedHosts → Route → AccessControl → BodyReader, BodyMemory → BodyQueue → the route            │
 *              InferenceRoutes: RequestReader → engine → InferenceRecord, Revisions, PendingInferences
 *              ReportRoutes: health, stats, metrics, Page, RecentActivity (AttemptTimes: when the model was asked)
 *   HttpMeters, JvmMeters: counts; ServerLog, ProblemLog: a line a minute of each kind of problem
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.service;

import org.jspecify.annotations.NullMarked;
