# Layers as OBJECT libraries: the link graph is the include rule.

include(CheckCSourceCompiles)
include(CheckLinkerFlag)

set(PV_WARNINGS
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
  -Wmissing-prototypes -Wswitch-enum -Wvla -Wwrite-strings)

add_library(pv_flags INTERFACE)
target_compile_options(pv_flags INTERFACE ${PV_WARNINGS}
  $<$<BOOL:${PROFVIZ_WERROR}>:-Werror>)
target_compile_definitions(pv_flags INTERFACE _GNU_SOURCE)
target_include_directories(pv_flags INTERFACE ${PROJECT_SOURCE_DIR}/include)
if(PROFVIZ_SANITIZE)
  target_compile_definitions(pv_flags INTERFACE PROFVIZ_SANITIZE)
  target_compile_options(pv_flags INTERFACE -fsanitize=address,undefined
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pv_flags INTERFACE -fsanitize=address,undefined)
endif()
if(PROFVIZ_FUZZ)
  target_compile_options(pv_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_options(pv_flags INTERFACE -Wl,--as-needed)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(pv_flags INTERFACE -fstack-protector-strong)
  target_compile_definitions(pv_flags INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(pv_flags INTERFACE -Wl,-z,relro,-z,now)
endif()

# pv_layer(NAME DIR directory SOURCES files... [USES layers...] [LIBS ...]
#          [EMBED files...])
function(pv_layer name)
  cmake_parse_arguments(L "" "DIR" "SOURCES;USES;LIBS;PRIVATE_DIRS" ${ARGN})
  list(TRANSFORM L_SOURCES PREPEND ${L_DIR}/)
  add_library(pv_${name} OBJECT ${L_SOURCES})
  target_include_directories(pv_${name} INTERFACE ${L_DIR})
  target_include_directories(pv_${name} PRIVATE ${L_DIR} ${L_PRIVATE_DIRS})
  target_link_libraries(pv_${name} PUBLIC pv_flags PRIVATE ${L_LIBS})
  foreach(lower ${L_USES})
    # Usage requirements only: objects are collected once, by pv_library.
    target_include_directories(pv_${name} PUBLIC
      $<TARGET_PROPERTY:pv_${lower},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
  set_property(GLOBAL PROPERTY PV_LIBS_${name} "${L_LIBS}")
endfunction()

set_property(GLOBAL PROPERTY PV_ARCHIVES_COMPLETE ON)

# pv_archive(TARGET NAME): libNAME.a stands in for TARGET in the static library
# and so in the program, if there is one: each shared library costs the start
# of a program that ends after a millisecond a good part of it.
function(pv_archive target name)
  find_library(PV_ARCHIVE_${name} NAMES lib${name}.a)
  mark_as_advanced(PV_ARCHIVE_${name})
  if(PROFVIZ_ARCHIVES AND PV_ARCHIVE_${name})
    set_property(GLOBAL PROPERTY "PV_ARCHIVE_${target}"
      ${PV_ARCHIVE_${name}})
  else()
    set_property(GLOBAL PROPERTY PV_ARCHIVES_COMPLETE OFF)
  endif()
endfunction()

# pv_can_be_static(VARIABLE): can a program be linked without any shared
# library?  All archives must be there, libc's too, and no sanitizer asked for.
function(pv_can_be_static result)
  set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
  set(CMAKE_REQUIRED_LIBRARIES m)
  check_c_source_compiles("int main(void) { return 0; }" PV_STATIC_LINKS)
  get_property(complete GLOBAL PROPERTY PV_ARCHIVES_COMPLETE)
  if(PROFVIZ_STATIC AND PROFVIZ_ARCHIVES AND complete AND PV_STATIC_LINKS
      AND NOT PROFVIZ_SANITIZE AND NOT CMAKE_C_FLAGS MATCHES "-fsanitize")
    set(${result} ON PARENT_SCOPE)
  else()
    set(${result} OFF PARENT_SCOPE)
  endif()
endfunction()

# pv_program(NAME): src/cli with the static library.  The file is copied over
# itself: a linker writes here and there, and the system then keeps it in pages
# of the smallest size, which makes each start a tenth of a millisecond longer
# (cmake -E copy writes small pieces, too).
function(pv_program name)
  add_executable(${name} src/cli/main.c $<TARGET_OBJECTS:pv_cli>)
  target_include_directories(${name} PRIVATE src/cli src/base)
  target_link_libraries(${name} PRIVATE profviz_static pv_flags)
  add_custom_command(TARGET ${name} POST_BUILD
    COMMAND cp $<TARGET_FILE:${name}> $<TARGET_FILE:${name}>.copy
    COMMAND mv $<TARGET_FILE:${name}>.copy $<TARGET_FILE:${name}>
    VERBATIM)
endfunction()

# pv_library(NAME LAYERS layers...): the static and the shared library.
function(pv_library name)
  cmake_parse_arguments(B "" "" "LAYERS" ${ARGN})
  foreach(kind STATIC SHARED)
    string(TOLOWER ${kind} suffix)
    add_library(${name}_${suffix} ${kind})
    set_target_properties(${name}_${suffix} PROPERTIES OUTPUT_NAME ${name}
      VERSION ${PROJECT_VERSION} SOVERSION 0)
    target_include_directories(${name}_${suffix} PUBLIC
      $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
      $<INSTALL_INTERFACE:include>)
    foreach(layer ${B_LAYERS})
      target_sources(${name}_${suffix} PRIVATE $<TARGET_OBJECTS:pv_${layer}>)
      get_property(libs GLOBAL PROPERTY PV_LIBS_${layer})
      foreach(lib ${libs})
        get_property(archive GLOBAL PROPERTY "PV_ARCHIVE_${lib}")
        if(archive AND kind STREQUAL "STATIC")
          set(lib ${archive})
        endif()
        target_link_libraries(${name}_${suffix} PRIVATE ${lib})
      endforeach()
    endforeach()
    target_link_libraries(${name}_${suffix} PRIVATE
      $<BUILD_INTERFACE:pv_flags>)
  endforeach()
endfunction()

# pv_testing: everything, statically and with the private headers, for tests
# and fuzz targets.
function(pv_testing_target)
  add_library(pv_testing INTERFACE)
  foreach(layer ${ARGN})
    target_sources(pv_testing INTERFACE $<TARGET_OBJECTS:pv_${layer}>)
    target_include_directories(pv_testing INTERFACE
      $<TARGET_PROPERTY:pv_${layer},INTERFACE_INCLUDE_DIRECTORIES>)
    get_property(libs GLOBAL PROPERTY PV_LIBS_${layer})
    target_link_libraries(pv_testing INTERFACE ${libs})
  endforeach()
  target_link_libraries(pv_testing INTERFACE pv_flags)
endfunction()
