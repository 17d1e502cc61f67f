/* Preloaded into a process whose library was patched by cpu_without_vnni.py: each of the library's `cpuid`
 * instructions is a breakpoint there, and this handler answers it as a processor with AVX2 but neither AVX-512 nor
 * AVX-VNNI nor AMX would. Everything else runs at native speed. */
#define _GNU_SOURCE
#include <cpuid.h>
#include <signal.h>
#include <ucontext.h>

static void answer(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
  unsigned leaf = (unsigned)r[REG_RAX], subleaf = (unsigned)r[REG_RCX], a, b, c, d;
  __cpuid_count(leaf, subleaf, a, b, c, d);
  if (leaf == 7 && subleaf == 0) {
    b &= ~(1u << 16 | 1u << 17 | 1u << 21 | 1u << 28 | 1u << 30 | 1u << 31); /* AVX512 F DQ IFMA CD BW VL */
    c &= ~(1u << 1 | 1u << 6 | 1u << 11 | 1u << 12 | 1u << 14); /* AVX512 VBMI VBMI2 VNNI BITALG VPOPCNTDQ */
    d &= ~(1u << 22 | 1u << 23 | 1u << 24 | 1u << 25);          /* AMX BF16, AVX512 FP16, AMX TILE INT8 */
  }
  if (leaf == 7 && subleaf == 1) {
    a &= ~(1u << 4 | 1u << 5 | 1u << 21 | 1u << 23); /* AVX-VNNI, AVX512 BF16, AMX FP16, AVX-IFMA */
    d &= ~(1u << 4 | 1u << 5 | 1u << 10 | 1u << 19); /* AVX-VNNI-INT8, AVX-NE-CONVERT, AVX-VNNI-INT16, AVX10 */
  }
  r[REG_RAX] = a;
  r[REG_RBX] = b;
  r[REG_RCX] = c;
  r[REG_RDX] = d;
}

__attribute__((constructor)) static void install(void) {
  struct sigaction action = {.sa_sigaction = answer, .sa_flags = SA_SIGINFO};
  sigaction(SIGTRAP, &action, 0);
}
