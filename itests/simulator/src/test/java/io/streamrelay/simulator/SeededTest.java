// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A scenario that runs once for each of some seeds, which are its first parameter. With {@code -Dsim.seed=N} it runs
 * for that seed alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Seeds.class)
@Execution(ExecutionMode.CONCURRENT)
public @interface SeededTest {

    /** How many fixed seeds, from 1. */
    int fixed() default 5;

    /** Whether one seed that nobody has tried before comes on top. */
    boolean fresh() default false;
}
