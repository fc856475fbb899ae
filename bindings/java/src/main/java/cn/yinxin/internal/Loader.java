package cn.yinxin.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Locale;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;

/** Finds libyinxin: where a property says, else in the jar, else where the system looks. */
final class Loader {
    /** Names the library's file, or the folder it stands in. */
    static final String PROPERTY = "yinxin.library.path";

    private Loader() {}

    static NativeLibrary load() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            Path path = Paths.get(given);
            return open((Files.isDirectory(path) ? path.resolve(fileName()) : path).toAbsolutePath().toString());
        }
        try (InputStream packed = Loader.class.getResourceAsStream("/native/" + platform() + "/" + fileName())) {
            return packed == null ? open("yinxin") : unpack(packed);
        } catch (IOException error) {
            throw new UncheckedIOException("libyinxin could not be unpacked; name it with -D" + PROPERTY, error);
        }
    }

    /** The file is needed until it is mapped only, and nobody but its owner can have changed it. */
    private static NativeLibrary unpack(InputStream packed) throws IOException {
        Path folder = Files.createTempDirectory("yinxin");
        Path file = folder.resolve(fileName());
        try {
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
            return open(file.toString());
        } finally {
            try {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            } catch (IOException kept) {
                // Windows keeps a mapped library; the file then goes with the process.
                file.toFile().deleteOnExit();
                folder.toFile().deleteOnExit();
            }
        }
    }

    private static NativeLibrary open(String name) {
        return NativeLibrary.getInstance(name, Collections.singletonMap(Library.OPTION_STRING_ENCODING, "UTF-8"));
    }

    private static String fileName() {
        return System.mapLibraryName("yinxin");
    }

    /** Such as {@code linux-x86-64} or {@code linux-aarch64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String os = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : "linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean intel = machine.equals("amd64") || machine.equals("x86_64");
        return os + "-" + (intel ? "x86-64" : machine);
    }
}
