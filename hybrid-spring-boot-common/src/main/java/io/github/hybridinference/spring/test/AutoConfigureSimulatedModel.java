package io.github.hybridinference.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * Lets the application under test ask the simulated model of {@code hybrid-testkit} in place of its own models, whether they come
 * from properties or from beans. No key is needed and nothing leaves the machine.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureSimulatedModel
 * class StrategyTest {
 *     @Autowired
 *     InferenceEngine engine;
 * }
 * }</pre>
 *
 * <p>It sets {@code hybrid.mode=simulated} for the test. The server is a bean of type
 * {@link io.github.hybridinference.testkit.standin.StandIn}; a test that wants delays or faults defines one itself.
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@TestPropertySource(properties = "hybrid.mode=simulated")
public @interface AutoConfigureSimulatedModel {}
