/* What Rust's standard library wants of bcryptprimitives.dll, which Wine 8 lacks: random bytes.
   Only for tests; Windows has its own. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *bytes, SIZE_T count)
{
    return RtlGenRandom(bytes, (ULONG)count);
}
