/**
 * The labeled questions (D_L), the E-step and valuation. {@link dev.tempo.critic.CriticRun} is the road of one run's
 * critic, {@link dev.tempo.critic.Recalibration} the E-step on it, {@link dev.tempo.critic.Valuation} what any number of
 * instances do with the versions it makes.
 */
@NullMarked
package dev.tempo.critic;

import org.jspecify.annotations.NullMarked;
