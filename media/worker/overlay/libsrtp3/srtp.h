// The part of libsrtp 3's interface that the worker uses, on top of libsrtp 2, which is what Debian 12 has.
#pragma once
#define srtp_policy_t srtp2_policy_t
#include "../include/srtp.h"
#undef srtp_policy_t
#ifdef __cplusplus
#include <cstddef>
#include <cstdint>
#include <cstring>
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);
struct srtp3_policy { srtp2_policy_t p{}; uint8_t key[SRTP_MAX_KEY_LEN]{}; };
using srtp_policy_t = srtp3_policy*;
inline srtp_err_status_t srtp_policy_create(srtp_policy_t* out) { *out = new srtp3_policy(); return srtp_err_status_ok; }
inline void srtp_policy_destroy(srtp_policy_t p) { delete p; }
inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t p, srtp_ssrc_t s) { p->p.ssrc = s; return srtp_err_status_ok; }
inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t p, srtp_profile_t prof)
{
	auto e = srtp_crypto_policy_set_from_profile_for_rtp(&p->p.rtp, prof);
	return e != srtp_err_status_ok ? e : srtp_crypto_policy_set_from_profile_for_rtcp(&p->p.rtcp, prof);
}
inline srtp_err_status_t srtp_policy_add_key(srtp_policy_t p, const uint8_t* key, size_t keyLen, const uint8_t* salt, size_t saltLen, const uint8_t* /*mki*/, size_t mkiLen)
{
	if (mkiLen != 0 || keyLen + saltLen > sizeof(p->key)) return srtp_err_status_bad_param;
	std::memcpy(p->key, key, keyLen);
	std::memcpy(p->key + keyLen, salt, saltLen);
	p->p.key = p->key;
	return srtp_err_status_ok;
}
inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t p, bool v) { p->p.allow_repeat_tx = v ? 1 : 0; return srtp_err_status_ok; }
inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t p, size_t n) { p->p.window_size = n; return srtp_err_status_ok; }
inline srtp_err_status_t srtp_create(srtp_t* s, srtp_policy_t p) { return srtp_create(s, static_cast<const srtp2_policy_t*>(&p->p)); }
inline srtp_err_status_t srtp_stream_remove(srtp_t s, uint32_t ssrcNetOrder) { return srtp_remove_stream(s, ssrcNetOrder); }
namespace srtp3_detail {
template<class F> inline srtp_err_status_t run(F f, srtp_t s, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t extra)
{
	if (*outLen < inLen + extra) return srtp_err_status_buffer_small;
	if (out != in) std::memmove(out, in, inLen);
	int len = static_cast<int>(inLen);
	auto e = f(s, static_cast<void*>(out), &len);
	if (e == srtp_err_status_ok) *outLen = static_cast<size_t>(len);
	return e;
}
}
inline srtp_err_status_t srtp_protect(srtp_t s, const uint8_t* in, size_t n, uint8_t* out, size_t* m, size_t /*mki*/)
{ return srtp3_detail::run([](srtp_t a, void* b, int* c) { return srtp_protect(a, b, c); }, s, in, n, out, m, SRTP_MAX_TRAILER_LEN); }
inline srtp_err_status_t srtp_unprotect(srtp_t s, const uint8_t* in, size_t n, uint8_t* out, size_t* m)
{ return srtp3_detail::run([](srtp_t a, void* b, int* c) { return srtp_unprotect(a, b, c); }, s, in, n, out, m, 0); }
inline srtp_err_status_t srtp_protect_rtcp(srtp_t s, const uint8_t* in, size_t n, uint8_t* out, size_t* m, size_t /*mki*/)
{ return srtp3_detail::run([](srtp_t a, void* b, int* c) { return srtp_protect_rtcp(a, b, c); }, s, in, n, out, m, SRTP_MAX_TRAILER_LEN + 4); }
inline srtp_err_status_t srtp_unprotect_rtcp(srtp_t s, const uint8_t* in, size_t n, uint8_t* out, size_t* m)
{ return srtp3_detail::run([](srtp_t a, void* b, int* c) { return srtp_unprotect_rtcp(a, b, c); }, s, in, n, out, m, 0); }
#endif
