package certmimic.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests parameters of type {@link certmimic.World}, one of the test's own, and {@link certmimic.Server}, one a run. What a
 * world was asked stands below the exception of a test that fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(CertmimicExtension.class)
public @interface Certmimic {
    /** Of which scenarios the worlds are: names of built-in ones, or files; several compose. */
    String[] scenario() default {};
}
