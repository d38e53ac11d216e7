// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The seeds of a {@link SeededTest}. */
final class Seeds implements ArgumentsProvider, AnnotationConsumer<SeededTest> {

    private SeededTest annotation;

    @Override
    public void accept(SeededTest found) {
        annotation = found;
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Long chosen = Long.getLong("sim.seed");
        LongStream seeds = chosen != null
                ? LongStream.of(chosen)
                : LongStream.concat(
                        LongStream.rangeClosed(1, annotation.fixed()),
                        annotation.fresh() ? LongStream.of(System.currentTimeMillis()) : LongStream.empty());
        return seeds.mapToObj(Arguments::of);
    }
}
