/* A stand-in for NVIDIA's management library with two devices: the first answers everything that a large server GPU answers,
 * with numbers that the tests know; the second answers next to nothing, and with sentinels where it answers at all. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { OK = 0, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, TIMEOUT = 10 };

typedef struct { int number; } Device;
static Device devices[2] = { { 0 }, { 1 } };
static uint64_t energy = 1000000, power_violation = 5000000000ull;
static unsigned replays = 3;
static int processes = 2, samples_taken, xid_pending, set_storage, gpm_storage[2], gpm_next;

static int full(Device *d) { return d->number == 0; }
#define FULL(d) do { if (!full(d)) return NOT_SUPPORTED; } while (0)

/* For the tests: what happens between two ticks. */
void fake_pass_a_second(void) { energy += 350000; power_violation += 250000000ull; replays += 2; }
void fake_end_a_process(void) { processes = 1; }
void fake_raise_xid(void) { xid_pending = 79; }

int nvmlInit_v2(void) { return OK; }
int nvmlSystemGetDriverVersion(char *text, unsigned length) { strncpy(text, "570.00", length); return OK; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return OK; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, Device **device) { *device = &devices[index]; return OK; }
int nvmlDeviceGetName(Device *d, char *text, unsigned length) { strncpy(text, full(d) ? "Fake H200" : "Fake Small", length); return OK; }
int nvmlDeviceGetUUID(Device *d, char *text, unsigned length) { strncpy(text, full(d) ? "GPU-full" : "GPU-small", length); return OK; }

int nvmlDeviceGetUtilizationRates(Device *d, struct { unsigned gpu, memory; } *rates) { FULL(d); rates->gpu = 87; rates->memory = 41; return OK; }
int nvmlDeviceGetEncoderUtilization(Device *d, unsigned *percent, unsigned *period) { FULL(d); *percent = 12; *period = 166000; return OK; }
int nvmlDeviceGetPowerUsage(Device *d, unsigned *milliwatts) { *milliwatts = full(d) ? 412500 : 0xFFFFFFFFu; return OK; }
int nvmlDeviceGetEnforcedPowerLimit(Device *d, unsigned *milliwatts) { FULL(d); *milliwatts = 700000; return OK; }
int nvmlDeviceGetPowerManagementLimitConstraints(Device *d, unsigned *min, unsigned *max) { FULL(d); *min = 200000; *max = 700000; return OK; }
int nvmlDeviceGetTemperature(Device *d, unsigned sensor, unsigned *celsius) { *celsius = full(d) && sensor == 0 ? 63 : 0x7FFFFFF2u; return OK; }
int nvmlDeviceGetTemperatureThreshold(Device *d, unsigned kind, unsigned *celsius) { FULL(d); *celsius = kind == 0 ? 92 : 89; return OK; }
int nvmlDeviceGetClockInfo(Device *d, unsigned clock, unsigned *mhz) { FULL(d); *mhz = 1000 + clock; return OK; }
int nvmlDeviceGetTotalEnergyConsumption(Device *d, unsigned long long *millijoules) { *millijoules = full(d) ? energy : 9223372036854775794ull; return OK; }
int nvmlDeviceGetPcieReplayCounter(Device *d, unsigned *count) { FULL(d); *count = replays; return OK; }
int nvmlDeviceGetPerformanceState(Device *d, unsigned *state) { *state = full(d) ? 0 : 32; return OK; }

int nvmlDeviceGetMemoryInfo_v2(Device *d, struct { unsigned version; unsigned long long total, reserved, free, used; } *memory) {
    if (memory->version != (sizeof *memory | 2u << 24)) return 25;
    memory->total = 1000; memory->reserved = 50; memory->free = 700; memory->used = full(d) ? 250 : ~0ull;
    return full(d) ? OK : NOT_SUPPORTED;
}

/* Known to drivers before 535 under this name only. */
int nvmlDeviceGetCurrentClocksThrottleReasons(Device *d, unsigned long long *mask) { FULL(d); *mask = 0x4 | 0x20; return OK; }
int nvmlDeviceGetViolationStatus(Device *d, unsigned policy, struct { unsigned long long reference, violation; } *time) {
    FULL(d); if (policy != 0) return NOT_SUPPORTED;
    time->reference = 1; time->violation = power_violation; return OK;
}

int nvmlDeviceGetTotalEccErrors(Device *d, unsigned error, unsigned span, unsigned long long *count) { FULL(d); *count = 10 * error + span + 1; return OK; }
int nvmlDeviceGetRemappedRows(Device *d, unsigned *corrected, unsigned *uncorrected, unsigned *pending, unsigned *failed) {
    FULL(d); *corrected = 1; *uncorrected = 2; *pending = 1; *failed = 0; return OK;
}
int nvmlDeviceGetEccMode(Device *d, unsigned *current, unsigned *pending) { FULL(d); *current = 1; *pending = 1; return OK; }
int nvmlDeviceGetNvLinkState(Device *d, unsigned link, unsigned *active) { FULL(d); if (link >= 4) return 2; *active = link != 3; return OK; }

typedef struct { unsigned field, scope; long long timestamp, latency; unsigned type; int result; union { double d; unsigned u; unsigned long long ull; } value; } Field;
int nvmlDeviceGetFieldValues(Device *d, int count, Field *fields) {
    for (int i = 0; i < count; i++) {
        fields[i].result = OK;
        switch (fields[i].field) {
            case 82: fields[i].type = 1; fields[i].value.u = full(d) ? 71 : 0xFFFFFFFFu; break;
            case 186: fields[i].type = 0; fields[i].value.d = full(d) ? 433000 : 140737488355330.0; break;
            case 197: fields[i].type = 3; fields[i].value.ull = energy * 10; break;
            default: fields[i].result = NOT_SUPPORTED;
        }
    }
    return OK;
}

int nvmlGpmQueryDeviceSupport(Device *d, struct { unsigned version, supported; } *support) { support->supported = full(d); return support->version == 1 ? OK : 25; }
int nvmlGpmSampleAlloc(int **sample) { *sample = &gpm_storage[gpm_next++ & 1]; return OK; }
int nvmlGpmSampleGet(Device *d, int *sample) { FULL(d); *sample = 1; return OK; }
typedef struct { unsigned id; int result; double value; const char *names[3]; } GpmMetric;
int nvmlGpmMetricsGet(struct { unsigned version, count; int *first, *second; GpmMetric metrics[]; } *request) {
    if (request->version != 1 || request->first == request->second || !*request->first || !*request->second) return 2;
    for (unsigned i = 0; i < request->count; i++) {
        request->metrics[i].result = request->metrics[i].id == 61 ? NOT_SUPPORTED : OK;
        request->metrics[i].value = request->metrics[i].id;
    }
    return OK;
}

typedef struct { unsigned pid; unsigned long long memory; unsigned gpu_instance, compute_instance; } Process;
int nvmlDeviceGetComputeRunningProcesses_v3(Device *d, unsigned *count, Process *rows) {
    FULL(d);
    if (*count < (unsigned)processes) { *count = processes; return INSUFFICIENT_SIZE; }
    *count = processes;
    if (processes > 0) rows[0] = (Process){ 41, 200, 0xFFFFFFFFu, 0xFFFFFFFFu };
    if (processes > 1) rows[1] = (Process){ 42, ~0ull, 0xFFFFFFFFu, 0xFFFFFFFFu };
    return OK;
}

typedef struct { unsigned pid; unsigned long long timestamp; unsigned sm, memory, encoder, decoder; } Sample;
int nvmlDeviceGetProcessUtilization(Device *d, Sample *rows, unsigned *count, unsigned long long since) {
    FULL(d);
    if (since >= 2000) return NOT_FOUND;
    *count = 3;
    rows[0] = (Sample){ 41, 1000, 60, 30, 0, 0 };
    rows[1] = (Sample){ 41, 2000, 80, 50, 0, 0 };
    rows[2] = (Sample){ 42, 2000, 5, 0xFFFFFFFFu, 0, 0 };
    return OK;
}

int nvmlEventSetCreate(void **set) { *set = &set_storage; return OK; }
int nvmlDeviceRegisterEvents(Device *d, unsigned long long types, void *set) { FULL(d); return types == 8 && set == &set_storage ? OK : 2; }
int nvmlEventSetWait_v2(void *set, struct { Device *device; unsigned long long type, data; unsigned gpu, compute; } *event, unsigned milliseconds) {
    (void)set; (void)milliseconds;
    if (!xid_pending) return TIMEOUT;
    event->device = &devices[0]; event->type = 8; event->data = xid_pending; xid_pending = 0;
    return OK;
}
