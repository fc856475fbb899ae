/**
 * yinxin (印信): issues, seals and verifies Chinese electronic licenses (电子证照) and electronic seals
 * (电子印章), offline.
 *
 * <p>{@link cn.yinxin.Verifier} judges documents and gives a {@link cn.yinxin.Report};
 * {@link cn.yinxin.Draft} makes licenses, {@link cn.yinxin.SealSpec} seals, and
 * {@link cn.yinxin.Request} puts seals on documents. Values are immutable and may be shared by any
 * number of threads. {@link cn.yinxin.Verifier}, {@link cn.yinxin.Key} and {@link cn.yinxin.Pending}
 * hold memory outside the heap and are closed after use.
 *
 * <p>The library reads no clock and opens no file or socket: bytes and times are handed in.
 */
package cn.yinxin;
